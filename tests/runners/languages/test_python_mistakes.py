"""Python as models almost get it right: each mistake is told at its line, with what would mend it."""

from __future__ import annotations

from pathlib import Path

from tests.runners.mistakes import Mistake, wrongly_doubted, wrongly_told

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
    ("import altair as alt\nchart = alt.Chart(alt.Data(values=[{'a': 1}])).mark_bar().encode(\n    x='a:Q',\n    y=alt.Y(\n        'a:Q',\n        aggregation='sum',\n    ),\n)\nchart.show()\n", 6, "did you mean aggregate?"),
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
    (PLT + "plt.plot([1, 2],\n         [3, 4],\n         color='bluu')\n", 4, "did you mean blue?"),
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

OVER_LINES: list[Mistake] = [
    (PLT + "plt.bar(\n    ['a', 'b'],\n    [1, 2],\n    edgcolor='black',\n)\n", 5, "did you mean edgecolor?"),
    (PLT + "plt.pie(\n    [3, 4],\n    autopct='%d%',\n)\n", 4, "'%1.1f%%'"),
    (PLT + "fig, ax = plt.subplots()\nax.set(\n    title='a',\n    ylable='b',\n)\n", 5, "did you mean ylabel?"),
    (PLT + "plt.annotate(\n    'a',\n    (1, 2),\n    arrowprops={\n        'arowstyle': '->',\n    },\n)\n", 6, "did you mean arrowstyle?"),
    (SNS + PD + "sns.lineplot(\n    data=df,\n    x='day',\n    y='sale',\n)\n", 7, "the columns are day, sold"),
    (SNS + NP + "sns.heatmap(\n    np.array([[1.5]]),\n    annot=True,\n    fmt='d',\n)\n", 6, "'.1f'"),
    (PD + "df.plot(\n    x='day',\n    y='price',\n)\n", 5, "the columns are day, sold"),
    (PLT + "fig, ax = plt.subplots()\nax[0].plot([1])\n", 3, "leave the index out"),
    (PLT + "def main():\n    plt.plot([1, 2])\n\nif name == '__main__':\n    main()\n", 5, '__name__ == "__main__"'),
]  # fmt: skip

NOTHING: list[Mistake] = [
    (PLT + "def main():\n    plt.plot([1, 2])\n    plt.show()\n\nif __name__ == 'main':\n    main()\n", 6, '__name__ == "__main__"'),
    (PLT + "def chart(rows):\n    plt.plot(rows)\n    plt.show()\n", 2, "call it at the end: chart(…)"),
    (PLT + "plt.plot([1, 2])\nplt.close()\n", 3, "call plt.show() before"),
    ("print(6 * 7)\n", None, "drew no figure"),
]  # fmt: skip

IN_VAIN: list[Mistake] = [
    (PLT + "plt.plot([1, 2])\nplt.title = 'Sold'\nplt.show()\n", 3, "call plt.title('Sold')"),
    (PLT + "fig, ax = plt.subplots()\nax.plot([1, 2])\nax.set_xlabel = 'day'\nplt.show()\n", 4, "call ax.set_xlabel('day')"),
    (PLT + "plt.plot([1, 2], label='a')\nplt.legend\nplt.show()\n", 3, "write plt.legend()"),
    (PLT + "plt.plot([1, 2])\nplt.legend()\nplt.show()\n", 3, "label="),
]  # fmt: skip

RIGHT = [
    PLT + "plt.plot([1, 2], label='a')\nplt.legend()\nplt.show()\n",
    PLT + "fig, axes = plt.subplots(1, 2)\nfor ax in axes:\n    ax.plot([1, 2])\n    ax.title.set_text('a')\nplt.rcParams['axes.grid'] = True\nplt.show\n",
    PLT + "class Chart:\n    title = 'a'\n    def draw(self):\n        self.title = 'b'\n        plt.plot([1, 2])\nChart().draw()\nif __name__ == '__main__':\n    plt.show()\n",
    PLT + "def unused():\n    plt.plot([3])\nplt.plot([1, 2])\nplt.show()\n",
]  # fmt: skip


def test_what_is_right_is_drawn_without_a_word(tmp_path: Path) -> None:
    wrong = wrongly_doubted(RIGHT, "python", tmp_path)
    assert not wrong, "\n".join(wrong)


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    wrong = wrongly_told(
        GRAMMAR + NAMES + ARGUMENTS + OVER_LINES + RUNNING + NOTHING + IN_VAIN, "python", tmp_path
    )
    assert not wrong, "\n".join(wrong)
