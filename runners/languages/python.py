"""Python with matplotlib, seaborn and pandas."""

from runners.base import Language, Toolchain
from runners.languages import findings
from runners.languages.interpreter import steps

GUIDE = """\
Write one complete Python 3 program. matplotlib, seaborn, numpy and pandas are installed; there is \
no network and no display. Draw with matplotlib and end with plt.show(): every figure that is \
shown, saved or left open becomes a picture. Read data files by their bare name from the current \
folder, for example pd.read_csv("sales.csv"). Ask for nothing on stdin."""

EXAMPLE = """\
import matplotlib.pyplot as plt

labels = ["apples", "pears", "plums"]
values = [3, 5, 2]

fig, ax = plt.subplots(figsize=(8, 5))
bars = ax.bar(labels, values, color="#4c78a8", width=0.7)
ax.bar_label(bars, padding=3)
ax.set_title("Fruit sold", loc="left", fontsize=16, fontweight="bold", pad=14)
ax.spines[["top", "right"]].set_visible(False)
fig.tight_layout()
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
    ),
    file_name="plot.py",
    steps=steps("python.py"),
    diagnose=findings.read,
    example=EXAMPLE,
)
