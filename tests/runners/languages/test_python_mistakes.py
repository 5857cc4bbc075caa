"""Python as models almost get it right: each mistake is told at its line, with what would mend it."""

from __future__ import annotations

from pathlib import Path

from tests.runners.mistakes import Mistake, wrongly_told

PLT = "import matplotlib.pyplot as plt\n"
NP = "import numpy as np\n"
PD = "import pandas as pd\ndf = pd.read_csv('data.csv')\n"
SNS = "import seaborn as sns\n"

GRAMMAR: list[Mistake] = [
    (PLT + "plt.plot([1, 2], [3, 4]\nplt.show()\n", 2, "'(' was never closed"),
    ("for i in range(3)\n    print(i)\n", 1, "expected ':'"),
    ("def f():\nreturn 1\n", 2, "expected an indented block"),
    ("if True:\n    x = 1\n  y = 2\n", 3, "unindent"),
    ("title = 'Sales\nprint(title)\n", 1, "unterminated string"),
    ("print 'hello'\n", 1, "Missing parentheses"),
    ("x = 5\nif x = 5:\n    print(x)\n", 2, "=="),
    ("x = 1\nprint(f'{x')\n", 2, "'"),
    ("x = “a”\n", 1, "straight quotes"),
    ("rows = [(1, 2), (3, 4]\n", 1, "does not match"),
    ("values = {'a': 1 'b': 2}\n", 1, "comma"),
]

NAMES: list[Mistake] = [
    (NP + "x = np.linspce(0, 1)\n", 2, "did you mean linspace?"),
    (NP + PLT + "x = np.arange(9)\nplt.plot(x, np.sin(xs))\n", 4, "did you mean x?"),
    ("ok = true\n", 1, "did you mean True?"),
    ("nothing = null\n", 1, "did you mean None?"),
    ("plt.plot([1, 2])\n", 1, "import matplotlib.pyplot as plt"),
    (PLT + "x = np.linspace(0, 1)\n", 2, "import numpy as np"),
    ("print(math.pi)\n", 1, "import math"),
    ("import matplotlib.pyplt as plt\n", 1, "did you mean pyplot?"),
    ("from matplotlib import pyplt\n", 1, "did you mean pyplot?"),
    ("import hvplot.pandas\n", 1, "only matplotlib, seaborn, numpy, pandas"),
    ("x = 1\nfrom sklearn.linear_model import LinearRegression\n", 2, "only matplotlib"),
    ("import panda as pd\n", 1, "did you mean pandas?"),
    (PLT + "fig, ax = plt.subplots()\nax.xlabel('time')\n", 3, "did you mean set_xlabel?"),
    (PLT + "fig, ax = plt.subplots(2)\nax.plot([1])\n", 3, "ax[0]"),
    (SNS + "sns.barplt(x=[1], y=[2])\n", 2, "did you mean barplot?"),
    ("class A:\n    def __init__(self):\n        self.total = 1\nprint(A().totl)\n", 4, "did you mean total?"),
]  # fmt: skip

ARGUMENTS: list[Mistake] = [
    (PLT + "plt.plot([1, 2], [3, 4], colour='red')\n", 2, "did you mean color?"),
    (PLT + "plt.bar(['a'], [1], widht=0.4)\n", 2, "did you mean width?"),
    (PLT + "plt.plot([1, 2, 3], [1, 2])\n", 2, "same first dimension"),
    (PLT + "plt.plot([1, 2],\n         [3, 4],\n         color='bluu')\n", 2, "did you mean blue?"),
    (PLT + "plt.plot([1, 2], linestyle='dahsed')\n", 2, "'dashed'"),
    (PLT + "plt.imshow([[1, 2]], cmap='virids')\n", 2, "'viridis'"),
    (PLT + "plt.style.use('seaborn-darkgrid')\n", 2, "did you mean seaborn-v0_8-darkgrid?"),
    (PLT + "fig, ax = plt.subplots(figsize=8)\n", 2, "int"),
    (PLT + "plt.figure(fig_size=(8, 4))\n", 2, "did you mean figsize?"),
    (PLT + "plt.plot([1, 2])\nplt.title(r'$\\alpa$')\n", 3, "alpa"),
    ("def area(w, h):\n    return w * h\nprint(area(1))\n", 3, "missing 1 required positional argument: 'h'"),
    ("def area(width, height):\n    return width * height\nprint(area(width=1, hight=2))\n", 3, "did you mean height?"),
    ("class A:\n    def f():\n        return 1\nA().f()\n", 4, "self"),
    (PD + "df.plot(x='day', y='sold', kind='barr')\n", 3, "did you mean bar?"),
    (SNS + PD + "sns.barplot(data=df, x='day', y='sale')\n", 4, "the columns are day, sold"),
    (SNS + "sns.set_theme(style='darkgird')\n", 2, "did you mean darkgrid?"),
    (SNS + "sns.color_palette('Blus')\n", 2, "did you mean Blues?"),
]  # fmt: skip

RUNNING: list[Mistake] = [
    (PD + "print(df['sales'])\n", 3, "the columns are day, sold"),
    (PD + "totals = df.groupby('Day')['sold'].sum()\n", 3, "the columns are day, sold"),
    (PD + "df['sold'] = df['day'].astype(float)\n", 3, "could not convert string to float"),
    (PD + "df.apply(lambda row: row['prize'], axis=1)\n", 3, "the columns are day, sold"),
    ("import pandas as pd\ndf = pd.read_csv('sales.csv')\n", 2, "the files here are data.csv"),
    ("sold = {'mon': 1, 'tue': 2}\nprint(sold['tues'])\n", 2, "did you mean tue?"),
    ("def f(x):\n    return 1 / x\nprint(f(0))\n", 2, "division by zero"),
    ("rows = [1, 2]\nprint(rows[2])\n", 2, "list index out of range"),
    ("n = 3\nprint('n is ' + n)\n", 2, "str(n)"),
    ("def load():\n    raise ValueError('no data')\n\nload()\n", 2, "no data"),
    ("from datetime import datetime\nd = datetime.strptime('2024-13-01', '%Y-%m-%d')\n", 2, "does not match format"),
    (SNS + "tips = sns.load_dataset('tips')\n", 2, "no network"),
    ("x = None\nprint(x.shape)\n", 2, "x is None"),
    ("def f(n):\n    return f(n + 1)\n\nf(0)\n", 2, "recursion"),
    (PLT + "x = input('how many? ')\n", 2, "nobody"),
]  # fmt: skip


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    wrong = wrongly_told(GRAMMAR + NAMES + ARGUMENTS + RUNNING, "python", tmp_path)
    assert not wrong, "\n".join(wrong)
