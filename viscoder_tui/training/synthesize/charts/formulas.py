"""Functions to be plotted: how people write them, and how numpy does."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Formula:
    """A function of x.

    Attributes:
        said: as people write it.
        program: as an expression of numpy's.
        span: the range it is drawn over where none is asked for.
    """

    said: str
    program: str
    span: tuple[str, str]


_WIDE, _WAVES, _GROWTH, _POSITIVE = ("-10", "10"), ("-6.3", "6.3"), ("-2", "3"), ("0", "10")

NAMED: tuple[Formula, ...] = (
    Formula("x^2", "x**2", ("-5", "5")), Formula("x squared", "x**2", ("-5", "5")), Formula("x**2", "x**2", ("-5", "5")),
    Formula("x²", "x**2", ("-5", "5")), Formula("a parabola", "x**2", ("-5", "5")), Formula("x*x", "x*x", ("-5", "5")),
    Formula("x^3", "x**3", ("-3", "3")), Formula("x cubed", "x**3", ("-3", "3")), Formula("x³", "x**3", ("-3", "3")),
    Formula("sin(x)", "np.sin(x)", _WAVES), Formula("sin x", "np.sin(x)", _WAVES), Formula("sine", "np.sin(x)", _WAVES),
    Formula("a sine wave", "np.sin(x)", _WAVES), Formula("cos(x)", "np.cos(x)", _WAVES), Formula("cos x", "np.cos(x)", _WAVES),
    Formula("cosine", "np.cos(x)", _WAVES), Formula("a cosine wave", "np.cos(x)", _WAVES), Formula("tan(x)", "np.tan(x)", ("-1.4", "1.4")),
    Formula("exp(x)", "np.exp(x)", _GROWTH), Formula("e^x", "np.exp(x)", _GROWTH), Formula("e to the x", "np.exp(x)", _GROWTH),
    Formula("the exponential function", "np.exp(x)", _GROWTH), Formula("sqrt(x)", "np.sqrt(x)", _POSITIVE), Formula("√x", "np.sqrt(x)", _POSITIVE),
    Formula("the square root of x", "np.sqrt(x)", _POSITIVE), Formula("square root of x", "np.sqrt(x)", _POSITIVE),
    Formula("log(x)", "np.log(x)", ("0.1", "10")), Formula("ln x", "np.log(x)", ("0.1", "10")), Formula("ln(x)", "np.log(x)", ("0.1", "10")),
    Formula("the natural logarithm", "np.log(x)", ("0.1", "10")), Formula("log10(x)", "np.log10(x)", ("0.1", "10")),
    Formula("|x|", "np.abs(x)", ("-5", "5")), Formula("abs(x)", "np.abs(x)", ("-5", "5")), Formula("the absolute value of x", "np.abs(x)", ("-5", "5")),
    Formula("1/x", "1/x", ("0.1", "5")), Formula("sin(x)/x", "np.sin(x)/x", ("-20", "20")), Formula("x*sin(x)", "x*np.sin(x)", _WIDE),
    Formula("x sin(x)", "x*np.sin(x)", _WIDE), Formula("exp(-x^2)", "np.exp(-x**2)", ("-3", "3")), Formula("e^(-x^2)", "np.exp(-x**2)", ("-3", "3")),
    Formula("a gaussian", "np.exp(-x**2)", ("-3", "3")), Formula("a bell curve", "np.exp(-x**2)", ("-3", "3")), Formula("exp(-x)", "np.exp(-x)", ("0", "5")),
    Formula("e^-x", "np.exp(-x)", ("0", "5")), Formula("exponential decay", "np.exp(-x)", ("0", "5")), Formula("sin(x)^2", "np.sin(x)**2", _WAVES),
    Formula("sin(x) + cos(x)", "np.sin(x) + np.cos(x)", _WAVES), Formula("tanh(x)", "np.tanh(x)", ("-4", "4")),
    Formula("the sigmoid function", "1/(1 + np.exp(-x))", ("-6", "6")), Formula("sigmoid", "1/(1 + np.exp(-x))", ("-6", "6")),
    Formula("1/(1+e^-x)", "1/(1 + np.exp(-x))", ("-6", "6")), Formula("1/(1+x^2)", "1/(1 + x**2)", ("-5", "5")),
    Formula("2^x", "2**x", ("-2", "5")), Formula("2 to the power of x", "2**x", ("-2", "5")), Formula("x", "x", _WIDE), Formula("-x", "-x", _WIDE),
)  # fmt: skip

_FUNCTIONS: dict[str, tuple[str, tuple[str, str]]] = {
    "sin": ("np.sin", _WAVES), "cos": ("np.cos", _WAVES), "exp": ("np.exp", ("0", "2")), "sqrt": ("np.sqrt", _POSITIVE),
    "log": ("np.log", ("0.1", "10")), "ln": ("np.log", ("0.1", "10")), "tanh": ("np.tanh", ("-4", "4")), "abs": ("np.abs", ("-5", "5")), "tan": ("np.tan", ("-1.4", "1.4")),
}  # fmt: skip


def formula(rng: random.Random) -> Formula:
    """A function: one that has a name, a polynomial, or one made of others."""
    return rng.choices((_named, _polynomial, _waved, _factored, _sum), (4, 3, 3, 1, 1))[0](rng)


def _named(rng: random.Random) -> Formula:
    return rng.choice(NAMED)


def _factor(rng: random.Random) -> str:
    return rng.choice(
        ("2", "3", "4", "5", "6", "0.5", "1.5", "0.1", "0.2", "0.25", "10", "7", "8", "12")
    )


@dataclass(frozen=True, slots=True)
class _Hand:
    """How one person writes: signs for times and powers, blanks about plus and minus."""

    times: str
    power: str
    blank: str

    def to(self, power: int, base: str = "x") -> str:
        """A power of `base`."""
        if power == 1:
            return base
        if self.power == "²":
            return base + {2: "²", 3: "³", 4: "⁴"}[power]
        if self.power == " squared":
            return base + {2: " squared", 3: " cubed", 4: " to the fourth"}[power]
        return f"{base}{self.power}{power}"


def _hand(rng: random.Random) -> _Hand:
    power = rng.choice(("^", "^", "^", "**", "²", " squared"))
    return _Hand(rng.choice(("", "", "*", "*", " * ", " ")), power, rng.choice((" ", " ", "")))


def _polynomial(rng: random.Random) -> Formula:
    """ "2x^2 - 3x + 1"; "0.5*x**3 + 4"."""
    hand = _hand(rng)
    top = rng.choice((1, 1, 2, 2, 2, 3, 3, 4))
    powers = [top, *sorted(rng.sample(range(top), rng.randint(0, min(top, 2))), reverse=True)]
    said = program = ""
    for power in powers:
        minus = rng.random() < (0.2 if power == top else 0.45)
        factor = _factor(rng) if power == 0 or rng.random() < 0.6 else ""
        if power == 0:
            factor = str(rng.randint(1, 20)) if rng.random() < 0.8 else factor
            ours = theirs = factor
        else:
            ours = factor + (hand.times if factor else "") + hand.to(power)
            theirs = (factor + "*" if factor else "") + ("x" if power == 1 else f"x**{power}")
        if not said:
            sign = "-" if minus else ""
            said, program = sign + ours, sign + theirs
        else:
            sign = "-" if minus else "+"
            said += f"{hand.blank}{sign}{hand.blank}{ours}"
            program += f" {sign} {theirs}"
    return Formula(said, program, {1: _WIDE, 2: ("-5", "5")}.get(top, ("-3", "3")))


def _inside(rng: random.Random, hand: _Hand) -> tuple[str, str]:
    """What a function is taken of."""
    factor = _factor(rng)
    shift = str(rng.randint(1, 9))
    sign = rng.choice("+-")
    spaced = f"{hand.blank}{sign}{hand.blank}{shift}"
    return rng.choice(
        (
            ("x", "x"), ("x", "x"), (f"{factor}{hand.times}x", f"{factor}*x"), (f"{factor}{hand.times}x", f"{factor}*x"),
            (f"x{spaced}", f"x {sign} {shift}"), (f"x/{shift}", f"x/{shift}"), (hand.to(2), "x**2"),
            (f"{factor}{hand.times}x{spaced}", f"{factor}*x {sign} {shift}"),
        )
    )  # fmt: skip


def _waved(rng: random.Random) -> Formula:
    """ "3*sin(2x)"; "2 exp(-x/3)"; "sqrt(x + 4) - 1"."""
    hand = _hand(rng)
    name = rng.choices(list(_FUNCTIONS), (5, 4, 2, 2, 1, 1, 0.6, 1, 0.5))[0]
    called, span = _FUNCTIONS[name]
    said_of, program_of = _inside(rng, hand)
    if name == "exp" and rng.random() < 0.5:
        if "*" in program_of or " " in program_of:
            said_of, program_of = "x", "x"
        said_of, program_of, span = f"-{said_of}", f"-{program_of}", ("0", "5")
    if name == "exp" and rng.random() < 0.3:
        said = f"e^({said_of})"
    else:
        said = f"{name} x" if said_of == "x" and rng.random() < 0.15 else f"{name}({said_of})"
    program = f"{called}({program_of})"
    if rng.random() < 0.45:
        factor = _factor(rng)
        said, program = f"{factor}{hand.times}{said}", f"{factor}*{program}"
    elif rng.random() < 0.15:
        said, program = f"x{hand.times or '*'}{said}", f"x*{program}"
    if rng.random() < 0.25:
        sign, shift = rng.choice("+-"), str(rng.randint(1, 12))
        said += f"{hand.blank}{sign}{hand.blank}{shift}"
        program += f" {sign} {shift}"
    return Formula(said, program, span)


def _factored(rng: random.Random) -> Formula:
    """ "(x - 2)^2 + 1"; "(x+1)(x-3)"; "1/(x^2 + 4)"."""
    hand = _hand(rng)
    if hand.power == " squared":
        hand = _Hand(hand.times, "^", hand.blank)
    a, b = str(rng.randint(1, 9)), str(rng.randint(1, 9))
    one, other = rng.choice("+-"), rng.choice("+-")
    first = f"(x{hand.blank}{one}{hand.blank}{a})"
    style = rng.random()
    if style < 0.45:
        said, program = hand.to(2, first), f"(x {one} {a})**2"
        if rng.random() < 0.5:
            said += f"{hand.blank}{other}{hand.blank}{b}"
            program += f" {other} {b}"
        return Formula(said, program, ("-5", "5"))
    if style < 0.8:
        second = f"(x{hand.blank}{other}{hand.blank}{b})"
        return Formula(first + hand.times.strip() + second, f"(x {one} {a})*(x {other} {b})", ("-10", "10"))  # fmt: skip
    return Formula(f"{b}/({hand.to(2)}{hand.blank}+{hand.blank}{a})", f"{b}/(x**2 + {a})", ("-5", "5"))  # fmt: skip


def _sum(rng: random.Random) -> Formula:
    """Two waves, or a wave on a line."""
    one = _waved(rng)
    other = _waved(rng) if rng.random() < 0.5 else Formula("x", "x", _WIDE)
    sign = rng.choice("+-")
    blank = rng.choice((" ", ""))
    return Formula(f"{one.said}{blank}{sign}{blank}{other.said}", f"{one.program} {sign} {other.program}", one.span)  # fmt: skip


__all__ = ["NAMED", "Formula", "formula"]
