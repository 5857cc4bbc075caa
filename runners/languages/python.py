"""Python with matplotlib, seaborn and pandas."""

from runners.base import Language, Toolchain
from runners.languages import findings
from runners.languages.interpreter import steps

GUIDE = """\
Write one complete Python 3 program. matplotlib, seaborn, numpy and pandas are installed; there is \
no network and no display. Draw with matplotlib and end with plt.show(): every figure that is \
shown, saved or left open becomes a picture. Read data files by their bare name from the current \
folder, for example pd.read_csv("sales.csv"). Ask for nothing on stdin. A calm style is set already \
(size, fonts, grid, colours, bold titles on the left): set only what is asked for."""

EXAMPLE = """\
import matplotlib.pyplot as plt

fruit = {"apples": 3, "pears": 5, "plums": 2}

fig, ax = plt.subplots()
bars = ax.bar(list(fruit), list(fruit.values()))
ax.bar_label(bars, padding=3)
ax.set_title("Fruit sold")
plt.show()
"""

LANGUAGE = Language(
    name="python",
    title="Python",
    aliases=("py", "python3", "matplotlib", "seaborn"),
    suffix=".py",
    lexer="python",
    guide=GUIDE,
    toolchain=Toolchain(
        modules=("matplotlib", "numpy", "pandas", "seaborn"),
        install="pip install matplotlib seaborn pandas",
        parts=("python",),
        image="python",
    ),
    file_name="plot.py",
    steps=steps("python.py"),
    diagnose=findings.read,
    example=EXAMPLE,
)
