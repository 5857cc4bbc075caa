"""SVG, drawn by resvg."""

from runners.base import Language, Toolchain
from runners.languages import findings
from runners.languages.interpreter import steps

GUIDE = """\
Write one complete SVG document with xmlns="http://www.w3.org/2000/svg" and a viewBox. Use shapes, \
paths, gradients and text; no scripts, no animation, no foreignObject, and nothing from other files \
or the network. Write & as &amp; and close every element."""

EXAMPLE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" font-family="sans-serif">
<rect width="400" height="300" fill="#eef4fa"/>
<circle cx="200" cy="130" r="80" fill="gold"/>
<text x="200" y="260" font-size="28" text-anchor="middle" fill="#333">sun</text>
</svg>
"""

LANGUAGE = Language(
    name="svg",
    title="SVG",
    suffix=".svg",
    lexer="xml",
    guide=GUIDE,
    toolchain=Toolchain(
        modules=("resvg_py", "vl_convert"),
        install="pip install resvg-py vl-convert-python",
        image="python",
    ),
    file_name="drawing.svg",
    steps=steps("svg.py"),
    diagnose=findings.read,
    example=EXAMPLE,
    words=(
        "circle",
        "triangle",
        "rectangle",
        "square",
        "star",
        "icon",
        "logo",
        "flag",
        "smiley",
        "hexagon",
        "heart",
    ),
)
