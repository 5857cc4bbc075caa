"""What requests speak of: hand-written families of labels, and invented words.

A family is a subject, the measures people chart of it, and its labels. About a third of all
labels are invented, so that a model learns to copy what stands in the request instead of
recalling what it has met before.
"""

from __future__ import annotations

import random
import string
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """Labels that belong together, and what is measured of them."""

    measures: tuple[str, ...]
    labels: tuple[str, ...]


def _family(measures: str, labels: str) -> Family:
    return Family(
        tuple(part.strip() for part in measures.split(";")),
        tuple(part.strip() for part in labels.split(",")),
    )


FAMILIES: tuple[Family, ...] = (
    _family(
        "fruit sold; fruit harvest; fruit eaten this week; favourite fruit; fruit prices",
        "apples, pears, plums, cherries, bananas, oranges, lemons, limes, grapes, kiwis, mangoes, figs, melons, peaches, apricots, dates, berries, papayas, guavas, nectarines",
    ),
    _family(
        "vegetables harvested; vegetable prices; vegetable stock; garden yield",
        "carrots, potatoes, onions, leeks, peas, beans, lettuce, spinach, kale, beets, radishes, turnips, peppers, tomatoes, cucumbers, pumpkins, squash, corn, garlic, celery",
    ),
    _family(
        "drinks served; drink orders; cups sold; beverage sales; drinks at the party",
        "coffee, tea, juice, water, milk, cola, lemonade, beer, wine, cider, cocoa, latte, espresso, cappuccino, mocha, smoothie, soda, iced tea, matcha, chai",
    ),
    _family(
        "dishes ordered; meals served; favourite food; orders per dish; menu sales",
        "pizza, pasta, salad, soup, burger, sushi, curry, tacos, ramen, risotto, lasagna, falafel, kebab, pancakes, waffles, fries, steak, fish and chips, dumplings, paella",
    ),
    _family(
        "pastries sold; bakery sales; loaves baked; cakes per day",
        "bread, rolls, bagels, croissants, muffins, scones, brownies, cookies, donuts, pretzels, baguettes, pies, tarts, eclairs, buns, cupcakes, rye bread, cheesecake",
    ),
    _family(
        "pets owned; animals in the shelter; animals seen; zoo visitors' favourites; pets in our class",
        "dogs, cats, rabbits, hamsters, parrots, goldfish, turtles, snakes, mice, ponies, guinea pigs, ferrets, canaries, lizards, frogs, ducks, geese, goats, sheep, chickens",
    ),
    _family(
        "animal weights; wild animals counted; animal lifespans; top speed",
        "lion, tiger, bear, wolf, fox, deer, moose, elephant, giraffe, zebra, rhino, hippo, cheetah, leopard, camel, kangaroo, koala, panda, gorilla, otter, beaver, badger",
    ),
    _family(
        "birds counted; bird sightings; nests found; birds at the feeder",
        "sparrows, robins, crows, ravens, owls, hawks, eagles, gulls, swans, herons, storks, finches, tits, magpies, woodpeckers, swallows, starlings, pigeons, blackbirds",
    ),
    _family(
        "trees planted; tree heights; trees in the park; tree species",
        "oak, beech, birch, maple, pine, spruce, fir, larch, ash, elm, willow, poplar, cedar, chestnut, walnut, linden, alder, rowan, hazel, yew",
    ),
    _family(
        "flowers sold; bouquets; flowers in bloom; garden flowers",
        "roses, tulips, lilies, daisies, orchids, violets, poppies, irises, asters, peonies, dahlias, sunflowers, carnations, marigolds, lavender, daffodils",
    ),
    _family(
        "population; rainfall; visitors; average temperature; rent; office headcount; flights; hotel nights",
        "London, Paris, Berlin, Madrid, Rome, Vienna, Prague, Warsaw, Lisbon, Dublin, Oslo, Stockholm, Helsinki, Copenhagen, Athens, Budapest, Brussels, Amsterdam, Zurich, Geneva, Munich, Hamburg",
    ),
    _family(
        "population; rainfall; commuters; tourists; taxi rides; air quality; house prices",
        "New York, Los Angeles, Chicago, Houston, Boston, Seattle, Denver, Miami, Atlanta, Dallas, Austin, Portland, San Francisco, San Diego, Detroit, Phoenix, Toronto, Montreal, Vancouver",
    ),
    _family(
        "rainfall; population; sunshine hours; festival guests; power cuts; new cases",
        "Nairobi, Lagos, Cairo, Accra, Dakar, Kampala, Lima, Bogota, Quito, Santiago, Havana, Tokyo, Osaka, Kyoto, Seoul, Beijing, Shanghai, Mumbai, Delhi, Bangkok, Hanoi, Jakarta, Manila, Sydney",
    ),
    _family(
        "population; exports; medals; coffee consumption; energy use; internet users; forest area; GDP",
        "Germany, France, Spain, Italy, Portugal, Poland, Austria, Sweden, Norway, Finland, Denmark, Ireland, Greece, Hungary, Romania, Turkey, Ukraine, Belgium, Netherlands, Switzerland",
    ),
    _family(
        "population; exports; medals; oil production; rice harvest; CO2 emissions; life expectancy",
        "China, India, Japan, Korea, Brazil, Mexico, Canada, USA, Chile, Peru, Kenya, Nigeria, Egypt, Ghana, Ethiopia, South Africa, Australia, New Zealand, Indonesia, Vietnam, Thailand",
    ),
    _family(
        "sales; revenue; profit; orders; expenses; budget; headcount; complaints; deals closed",
        "North, South, East, West, Central, Northeast, Northwest, Southeast, Southwest, Overseas, Online, Retail, Wholesale",
    ),
    _family("sales; revenue; profit; turnover; costs; growth; bookings; churn", "Q1, Q2, Q3, Q4"),
    _family(
        "sales; rainfall; temperature; visitors; revenue; expenses; new users; downloads; electricity use; sick days; signups; orders",
        "Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec",
    ),
    _family(
        "sales; rainfall; temperature; visitors; revenue; heating costs; tickets sold; births",
        "January, February, March, April, May, June, July, August, September, October, November, December",
    ),
    _family(
        "steps; hours slept; coffee sold; visitors; sales; calls; tickets; minutes of exercise; cups of coffee; emails received",
        "Mon, Tue, Wed, Thu, Fri, Sat, Sun",
    ),
    _family(
        "steps; hours worked; customers; sales; homework minutes; guests; parcels delivered",
        "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday",
    ),
    _family(
        "bikes rented; ice cream sold; energy use; visitors; sunshine",
        "spring, summer, autumn, winter",
    ),
    _family(
        "goals; points; wins; matches played; penalties; assists; fans",
        "Lions, Tigers, Bears, Eagles, Hawks, Sharks, Wolves, Falcons, Panthers, Rovers, United, City, Rangers, Dynamo, Comets, Rockets, Bulls, Kings, Giants, Titans",
    ),
    _family(
        "medals; participants; hours of training; popularity; members; injuries",
        "football, tennis, rugby, hockey, golf, cricket, swimming, running, cycling, rowing, boxing, judo, karate, skiing, climbing, basketball, volleyball, handball, badminton, chess",
    ),
    _family(
        "marks; exam results; average grade; hours of study; students enrolled; test scores; homework",
        "maths, physics, chemistry, biology, history, geography, English, French, German, Spanish, Latin, music, art, drama, sports, economics, politics, computing, religion, philosophy",
    ),
    _family(
        "points; age; score; height; votes; books read; tasks done; hours; savings; pocket money; laps",
        "Anna, Ben, Clara, David, Emma, Finn, Greta, Hugo, Ida, Jan, Karl, Lena, Max, Nina, Otto, Paula, Quinn, Rosa, Sam, Tom, Ute, Vera, Will, Xenia, Yara, Zoe",
    ),
    _family(
        "score; votes; sales; commits; hours; points; calls; tickets closed; kilometres",
        "Alice, Bob, Carol, Dave, Eve, Frank, Grace, Heidi, Ivan, Judy, Mallory, Oscar, Peggy, Trent, Victor, Walter, Priya, Amara, Kofi, Mei, Yuki, Omar, Fatima, Diego, Sofia, Luca",
    ),
    _family(
        "popularity; developers; lines of code; build time; job offers; repositories; survey answers",
        "Python, Java, C, C++, Rust, Go, Ruby, PHP, Perl, Swift, Kotlin, Scala, Haskell, Elixir, JavaScript, TypeScript, R, Julia, Lua, Dart",
    ),
    _family(
        "market share; users; crashes; page views; sessions; installs",
        "Chrome, Firefox, Safari, Edge, Opera, Brave, Vivaldi, Tor, Chromium, Samsung Internet",
    ),
    _family(
        "market share; devices; downloads; support requests; installs",
        "Windows, macOS, Linux, Android, iOS, ChromeOS, FreeBSD, Ubuntu, Debian, Fedora, Arch",
    ),
    _family(
        "units sold; market share; battery life; price; repairs; ratings",
        "phones, tablets, laptops, desktops, monitors, printers, cameras, headphones, speakers, keyboards, mice, routers, watches, televisions, consoles, chargers",
    ),
    _family(
        "response time; errors; requests; uptime; memory use; latency; throughput; CPU load",
        "api, web, db, cache, queue, auth, search, proxy, worker, mail, gateway, billing, backend, frontend, storage, scheduler",
    ),
    _family(
        "headcount; budget; expenses; overtime; open positions; satisfaction; projects",
        "sales, marketing, finance, legal, support, engineering, design, product, HR, IT, operations, research, logistics, purchasing, security, management",
    ),
    _family(
        "monthly budget; spending; household costs; where the money goes; expenses",
        "rent, food, transport, clothes, insurance, savings, utilities, phone, internet, leisure, travel, gifts, health, education, sports, groceries, electricity, heating, taxes",
    ),
    _family(
        "trips; commute; passengers; emissions; how people get to work; journeys; accidents",
        "car, bus, train, bike, tram, ferry, metro, taxi, plane, scooter, on foot, motorbike, truck, boat, carpool, subway, walking, cycling",
    ),
    _family(
        "electricity generated; energy mix; power sources; capacity; emissions",
        "solar, wind, hydro, nuclear, coal, gas, oil, biomass, geothermal, tidal, waste, peat, offshore wind",
    ),
    _family(
        "books sold; loans; books read; genre popularity; library visits",
        "fantasy, crime, romance, history, science fiction, poetry, biography, horror, travel, cooking, comics, thriller, drama, classics, children, self-help, non-fiction",
    ),
    _family(
        "films watched; box office; tickets; streams; genre share",
        "action, comedy, drama, horror, romance, thriller, western, animation, documentary, musical, fantasy, mystery, adventure, war, family, noir",
    ),
    _family(
        "streams; concerts; records sold; listeners; playlist; favourite music",
        "rock, pop, jazz, blues, folk, soul, funk, metal, punk, techno, house, reggae, country, classical, opera, hip hop, indie, ambient, disco, gospel",
    ),
    _family(
        "students playing; instruments sold; lessons; orchestra seats",
        "violin, viola, cello, bass, flute, oboe, clarinet, bassoon, horn, trumpet, trombone, tuba, piano, harp, guitar, drums, organ, saxophone, recorder, ukulele",
    ),
    _family(
        "diameter; distance; moons; mass; gravity; surface temperature",
        "Mercury, Venus, Earth, Mars, Jupiter, Saturn, Uranus, Neptune, Pluto, Ceres, Titan, Europa, Io, Ganymede",
    ),
    _family(
        "abundance; density; melting point; atomic mass; price per gram",
        "hydrogen, helium, carbon, nitrogen, oxygen, neon, sodium, iron, copper, zinc, silver, gold, lead, tin, nickel, titanium, lithium, sulfur, silicon, argon",
    ),
    _family(
        "cars in the lot; favourite colour; shirts sold; balloons; marbles in the bag; votes",
        "red, blue, green, yellow, orange, purple, pink, brown, black, white, grey, teal, gold, silver, turquoise, beige",
    ),
    _family("shirts sold; stock; returns; size distribution; orders", "XS, S, M, L, XL, XXL, 3XL"),
    _family(
        "ratings; answers; reviews; survey results; feedback",
        "very good, good, okay, bad, very bad, excellent, fair, poor, no answer, satisfied, unsatisfied, neutral, agree, disagree, strongly agree, undecided",
    ),
    _family(
        "votes; answers; poll results; responses; decision",
        "yes, no, maybe, abstain, undecided, not sure, don't know, skip",
    ),
    _family(
        "patients; cases; appointments; beds; waiting time; surgeries; visits",
        "flu, cold, cough, fever, asthma, allergy, diabetes, headache, back pain, migraine, checkup, vaccination, fracture, burn, covid, emergency",
    ),
    _family(
        "tasks; bugs; issues; tickets; stories; items; cards",
        "open, closed, in progress, blocked, done, to do, review, testing, backlog, new, assigned, won't fix, resolved, waiting, cancelled",
    ),
    _family(
        "accuracy; loss; training time; F1 score; parameters; error rate; inference time",
        "linear, forest, SVM, k-NN, CNN, LSTM, BERT, ResNet, VGG, baseline, transformer, tree, ensemble, naive Bayes, GPT-2, U-Net, logistic regression",
    ),
    _family(
        "yield; growth; height; measurements; response; survival",
        "control, treatment A, treatment B, placebo, group 1, group 2, group 3, sample A, sample B, sample C, low dose, high dose, dose 1, dose 2, untreated",
    ),
    _family(
        "count; amount; value; result; score; frequency; total; quantity; points",
        "A, B, C, D, E, F, G, H, I, J, K, L, M, N",
    ),
    _family(
        "units; stock; sales; weight; price; rating; output; defects",
        "Product A, Product B, Product C, Model X, Model Y, Model Z, Type 1, Type 2, Type 3, Item 1, Item 2, Item 3, Batch 7, Batch 8, Plan Basic, Plan Pro, Version 2, iPhone 15, Pixel 9",
    ),
    _family(
        "time spent; hours per day; my day; daily routine; weekly hours",
        "sleep, work, school, reading, gaming, TV, cooking, cleaning, exercise, meals, commuting, homework, music, friends, family, shopping, hobbies, meetings, coding, email",
    ),
    _family(
        "toys sold; items in the box; inventory; things found; lost and found",
        "balls, dolls, puzzles, blocks, cars, trains, kites, games, cards, books, pens, pencils, erasers, rulers, scissors, gloves, hats, scarves, keys, umbrellas, wallets",
    ),
    _family(
        "steps; length; depth; elevation; flow; visitors; hikers",
        "Rhine, Danube, Elbe, Thames, Seine, Loire, Volga, Nile, Amazon, Congo, Ganges, Mekong, Yangtze, Mississippi, Colorado, Niger, Tigris, Po, Ebro, Tagus",
    ),
    _family(
        "elevation; climbers; snow depth; height; hikers",
        "Everest, K2, Mont Blanc, Matterhorn, Eiger, Zugspitze, Denali, Kilimanjaro, Fuji, Elbrus, Aconcagua, Etna, Vesuvius, Olympus, Ararat, Rainier",
    ),
    _family(
        "traffic; leads; clicks; conversions; ad spend; visits by channel; signups",
        "email, social, search, direct, referral, ads, newsletter, events, print, radio, TV, podcast, affiliates, SEO, blog, word of mouth",
    ),
    _family(
        "revenue; customers; donations; members; subscribers; average age",
        "2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026",
    ),
    _family(
        "people; visitors; customers; patients; voters; members",
        "0-9, 10-19, 20-29, 30-39, 40-49, 50-59, 60-69, 70+, under 18, 18-24, 25-34, 35-44, 45-54, 55-64, 65+",
    ),
    _family(
        "rooms; area; lighting cost; temperature; furniture; square metres",
        "kitchen, bathroom, bedroom, living room, hall, office, garage, attic, basement, balcony, garden, nursery, pantry, studio, library, laundry",
    ),
    _family(
        "waste collected; recycling; litter on the beach; tonnes",
        "paper, glass, plastic, metal, organic, textiles, batteries, wood, electronics, cardboard, cans, bottles, cigarette butts, residual",
    ),
    _family(
        "temperature; visitors; cups of coffee; trains; calls; noise",
        "6am, 7am, 8am, 9am, 10am, 11am, 12pm, 1pm, 2pm, 3pm, 4pm, 5pm, 6pm, 7pm, 8pm, 9pm, 10pm",
    ),
    _family(
        "temperature; power used; cars counted; water level; passengers",
        "06:00, 07:00, 08:00, 09:00, 10:00, 11:00, 12:00, 13:00, 14:00, 15:00, 16:00, 17:00, 18:00, 19:00, 20:00, 21:00, 22:00",
    ),
    _family(
        "solar output; load; visitors by hour; wind speed",
        "6h, 7h, 8h, 9h, 10h, 11h, 12h, 13h, 14h, 15h, 16h, 17h, 18h, 19h, 20h",
    ),
)

TIME_FAMILIES: tuple[Family, ...] = tuple(
    family
    for family in FAMILIES
    if family.labels[0]
    in ("Q1", "Jan", "January", "Mon", "Monday", "2015", "spring", "6am", "06:00", "6h")
)

QUANTITIES: tuple[str, ...] = tuple(
    part.strip()
    for part in [
        "height",
        " weight",
        " age",
        " price",
        " speed",
        " time",
        " temperature",
        " pressure",
        " distance",
        " dose",
        " income",
        " score",
        " hours",
        " size",
        " depth",
        " volume",
        " area",
        " mass",
        " length",
        " width",
        " voltage",
        " current",
        " power",
        " force",
        " density",
        " humidity",
        " altitude",
        " mileage",
        " horsepower",
        " experience",
        " salary",
        " rent",
        " rating",
        " rainfall",
        " yield",
        " sales",
        " cost",
        " heart rate",
        " steps",
        " sleep",
        " grade",
        " GDP",
        " population",
        " study time",
        " ad spend",
        " load",
        " latency",
        " error",
        " epoch",
        " concentration",
        " absorbance",
        " dwell time",
    ]
)
"""What the axes of a scatter or line chart measure."""

UNITS: tuple[str, ...] = ("%", "kg", "g", "km", "m", "cm", "mm", "EUR", "USD", "$", "hours", "h", "min",
                          "s", "ms", "people", "GB", "MB", "kWh", "MW", "litres", "points", "°C", "tons", "units", "k", "years", "days")  # fmt: skip

COLOURS: tuple[str, ...] = (
    "red", "blue", "green", "orange", "purple", "teal", "pink", "brown", "gray", "grey", "black",
    "gold", "navy", "olive", "maroon", "crimson", "coral", "salmon", "tomato", "orchid", "violet",
    "indigo", "turquoise", "cyan", "magenta", "lime", "khaki", "plum", "sienna", "chocolate",
    "steelblue", "skyblue", "royalblue", "seagreen", "forestgreen", "darkgreen", "darkred",
    "darkblue", "darkorange", "hotpink", "slateblue", "firebrick", "yellow", "lightblue", "lightgreen",
    "mediumvioletred", "mediumseagreen", "mediumpurple", "darkviolet", "darkcyan", "deepskyblue",
    "dodgerblue", "cornflowerblue", "peru", "goldenrod", "darkgray", "slategray", "limegreen",
    "deeppink", "rebeccapurple", "cadetblue", "indianred", "midnightblue", "orangered", "silver", "tan",
)  # fmt: skip
"""CSS colour names that every renderer here knows."""

_SPOKEN = {
    "lightblue": "light blue", "lightgreen": "light green", "darkblue": "dark blue",
    "darkgreen": "dark green", "darkred": "dark red", "darkorange": "dark orange",
    "skyblue": "sky blue", "royalblue": "royal blue", "hotpink": "hot pink",
    "forestgreen": "forest green", "steelblue": "steel blue", "seagreen": "sea green",
    "deeppink": "deep pink", "limegreen": "lime green", "midnightblue": "midnight blue",
    "darkviolet": "dark violet", "darkgray": "dark gray", "dodgerblue": "dodger blue",
}  # fmt: skip

_ONSETS = [
    "b",
    "bl",
    "br",
    "c",
    "ch",
    "cl",
    "cr",
    "d",
    "dr",
    "f",
    "fl",
    "fr",
    "g",
    "gl",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "pr",
    "qu",
    "r",
    "s",
    "sh",
    "sk",
    "sl",
    "sm",
    "sn",
    "sp",
    "st",
    "str",
    "t",
    "th",
    "tr",
    "v",
    "w",
    "wr",
    "y",
    "z",
]
_NUCLEI = [
    "a",
    "e",
    "i",
    "o",
    "u",
    "a",
    "e",
    "i",
    "o",
    "u",
    "ai",
    "au",
    "ea",
    "ee",
    "ei",
    "ia",
    "ie",
    "io",
    "oa",
    "oo",
    "ou",
    "ue",
    "y",
    "ö",
    "ü",
    "é",
    "á",
    "ñ",
]
_CODAS = [
    "b",
    "ck",
    "d",
    "f",
    "g",
    "k",
    "l",
    "ll",
    "lt",
    "m",
    "mp",
    "n",
    "nd",
    "ng",
    "nk",
    "nt",
    "p",
    "r",
    "rd",
    "rk",
    "rm",
    "rn",
    "s",
    "sh",
    "ss",
    "st",
    "t",
    "th",
    "x",
    "z",
]


def spoken_colour(rng: random.Random, colour: str) -> str:
    """How people write a CSS colour: `steelblue` may come as "steel blue"."""
    spoken = _SPOKEN.get(colour, colour)
    return spoken if rng.random() < 0.7 else colour


def invented_word(rng: random.Random) -> str:
    """A word that no dictionary holds, pronounceable most of the time."""
    style = rng.random()
    if style < 0.72:
        syllables = rng.choice((1, 2, 2, 2, 3, 3))
        word = ""
        for _ in range(syllables):
            word += (rng.choice(_ONSETS) if rng.random() < 0.9 else "") + rng.choice(_NUCLEI)
        if rng.random() < 0.6:
            word += rng.choice(_CODAS)
    elif style < 0.85:
        letters = string.ascii_letters if rng.random() < 0.4 else string.ascii_lowercase
        word = "".join(rng.choice(letters) for _ in range(rng.randint(2, 8)))
    elif style < 0.93:
        word = rng.choice(string.ascii_uppercase) + rng.choice("-  _/.") + str(rng.randint(1, 99))
        word = word.replace(" ", "")
    else:
        word = "".join(rng.choice(string.ascii_uppercase) for _ in range(rng.randint(2, 4)))
    case = rng.random()
    if case < 0.35 and word.islower():
        return word.capitalize()
    return word


def axis(rng: random.Random) -> str:
    """What stands at an axis: a quantity, perhaps with its unit, perhaps in other words."""
    name = rng.choice(QUANTITIES) if rng.random() < 0.6 else phrase(rng, 1, 2)
    if rng.random() < 0.35:
        name = name[:1].upper() + name[1:]
    if rng.random() < 0.2:
        name += rng.choice((" ({})", " ({})", " in {}", " [{}]")).format(rng.choice(UNITS))
    return name


_WORDS = tuple(
    sorted({word for family in FAMILIES for label in family.labels for word in label.split()})
)


_PLAIN = tuple(
    word
    for word in _WORDS
    if word.islower() and word.isalpha() and word.isascii() and word not in ("one", "two")
)


def plain_word(rng: random.Random) -> str:
    """A word of everyday language, without capitals, digits or signs."""
    return rng.choice(_PLAIN)


def any_word(rng: random.Random) -> str:
    """A word of any family, or an invented one."""
    return rng.choice(_WORDS) if rng.random() < 0.6 else invented_word(rng)


def phrase(rng: random.Random, low: int = 1, high: int = 4) -> str:
    """Some words in a row: a title, a name, a message."""
    if rng.random() < 0.35:
        return rng.choice(rng.choice(FAMILIES).measures)
    return " ".join(any_word(rng) for _ in range(rng.randint(low, high)))


def mixed_labels(rng: random.Random, count: int) -> tuple[str, ...]:
    """`count` different labels that need not belong together."""
    found: list[str] = []
    while len(found) < count:
        label = _label(rng)
        if label not in found:
            found.append(label)
    return tuple(found)


def _label(rng: random.Random) -> str:
    """A label of one word, or of a few: "hot chocolate", "Research and Development", "red team"."""
    style = rng.random()
    if style < 0.68:
        return any_word(rng)
    if style < 0.86:
        return f"{any_word(rng)} {any_word(rng)}"
    if style < 0.91:
        return f"{rng.choice(COLOURS)} {plain_word(rng)}"
    link = rng.choice(("and", "of", "&", "for", "in the", "to", "with", "and", "or"))
    label = f"{plain_word(rng)} {link} {plain_word(rng)}"
    if style < 0.96:
        return label
    return " ".join(
        part if part in ("and", "of", "the", "in", "for", "to", "or") else part.capitalize()
        for part in label.split()
    )


def family(rng: random.Random, count: int) -> Family:
    """A family with at least `count` labels."""
    while True:
        found = rng.choice(FAMILIES)
        if len(found.labels) >= count:
            return found


def labels(rng: random.Random, count: int) -> tuple[str, tuple[str, ...]]:
    """A subject and `count` different labels, invented for about a third."""
    if rng.random() < 0.36:
        subject = phrase(rng, 1, 3)
        return subject, mixed_labels(rng, count)
    found = family(rng, count)
    ordered = found in TIME_FAMILIES and rng.random() < 0.8
    if ordered:
        start = rng.randint(0, len(found.labels) - count)
        chosen = found.labels[start : start + count]
    else:
        chosen = tuple(rng.sample(found.labels, count))
        if rng.random() < 0.2:
            chosen = tuple(label.lower() for label in chosen)
        elif rng.random() < 0.25:
            chosen = tuple(label[:1].upper() + label[1:] for label in chosen)
    if len(set(chosen)) < count:
        return labels(rng, count)
    return rng.choice(found.measures), chosen
