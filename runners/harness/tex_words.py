# pyright: basic
# Runs inside the sandbox.
"""What TeX's names belong to: packages, libraries, keys, and what mends usual mistakes."""

from __future__ import annotations

import re

DEBIAN = {
    "siunitx": "texlive-science", "algorithm2e": "texlive-science", "algpseudocode": "texlive-science",
    "mhchem": "texlive-science", "chemfig": "texlive-pictures", "tikz-feynman": "texlive-science",
    "tikz": "texlive-pictures", "pgfplots": "texlive-pictures", "circuitikz": "texlive-pictures",
    "musixtex": "texlive-music", "skak": "texlive-games", "chessboard": "texlive-games", "xskak": "texlive-games",
    "fontawesome": "texlive-fonts-extra", "fontawesome5": "texlive-fonts-extra", "dsfont": "texlive-fonts-extra",
    "bbm": "texlive-fonts-extra", "bbding": "texlive-fonts-extra", "newtxtext": "texlive-fonts-extra",
    "newtxmath": "texlive-fonts-extra", "libertine": "texlive-fonts-extra", "cabin": "texlive-fonts-extra",
    "roboto": "texlive-fonts-extra", "ctex": "texlive-lang-chinese", "xeCJK": "texlive-lang-chinese",
    "CJKutf8": "texlive-lang-cjk", "luatexja": "texlive-lang-japanese", "pst-all": "texlive-pstricks",
    "times": "texlive-latex-base", "IEEEtran": "texlive-publishers", "tikzposter": "texlive-latex-extra",
    "sankey": "texlive-pictures", "minted": "texlive-latex-extra", "tengwarscript": "texlive-fonts-extra",
}  # fmt: skip
"""The Debian packages that bring what is not here; the file's name without its ending."""

_AMS = "amsmath"
ENVIRONMENTS = {
    "tikzpicture": "tikz", "scope": "", "axis": "pgfplots", "semilogyaxis": "pgfplots", "semilogxaxis": "pgfplots",
    "loglogaxis": "pgfplots", "polaraxis": "pgfplots", "groupplot": "pgfplots", "smithchart": "pgfplots", "ternaryaxis": "pgfplots",
    "circuitikz": "circuitikz", "tikzcd": "tikz-cd", "forest": "forest", "quantikz": "quantikz", "ganttchart": "pgfgantt",
    "align": _AMS, "align*": _AMS, "gather": _AMS, "gather*": _AMS, "multline": _AMS, "alignat": _AMS, "aligned": _AMS,
    "equation*": _AMS, "split": _AMS, "cases": _AMS, "matrix": _AMS, "pmatrix": _AMS, "bmatrix": _AMS, "vmatrix": _AMS,
    "tabularx": "tabularx", "longtable": "longtable", "multicols": "multicol", "subfigure": "subcaption",
    "wrapfigure": "wrapfig", "lstlisting": "listings", "algorithm": "algorithm", "algorithmic": "algpseudocode",
    "tcolorbox": "tcolorbox", "proof": "amsthm", "landscape": "pdflscape", "feynman": "tikz-feynman", "adjustbox": "adjustbox",
    "document": "", "tabular": "", "figure": "", "table": "", "itemize": "", "enumerate": "", "description": "",
    "equation": "", "center": "", "array": "", "frame": "", "minipage": "", "displaymath": "", "verbatim": "", "flushleft": "",
}  # fmt: skip
"""Environments and the package that each is in, if it is not LaTeX's own."""
PLOT_LIBRARIES = {
    "groupplot": "groupplots", "polaraxis": "polar", "smithchart": "smithchart", "ternaryaxis": "ternary",
    "boxplot": "statistics", "boxplot prepared": "statistics", "vertex count": "patchplots",
}  # fmt: skip
"""Environments and keys of pgfplots, and the library that each is in."""

COMMANDS = {
    **dict.fromkeys(("text", "dfrac", "tfrac", "binom", "boldsymbol", "operatorname", "DeclareMathOperator", "eqref", "xrightarrow", "xleftarrow", "iint", "iiint", "overset", "underset", "substack", "intertext"), _AMS),
    **dict.fromkeys(("mathbb", "mathfrak", "square", "blacksquare", "lesssim", "gtrsim", "varnothing", "nexists", "leqslant", "geqslant", "therefore", "because", "checkmark"), "amssymb"),
    **dict.fromkeys(("textcolor", "color", "definecolor", "colorbox", "fcolorbox", "colorlet", "pagecolor"), "xcolor"),
    **dict.fromkeys(("includegraphics", "rotatebox", "scalebox", "resizebox", "reflectbox"), "graphicx"),
    **dict.fromkeys(("toprule", "midrule", "bottomrule", "cmidrule"), "booktabs"),
    **dict.fromkeys(("SI", "si", "num", "qty", "unit", "ang"), "siunitx"),
    **dict.fromkeys(("draw", "fill", "filldraw", "path", "clip", "shade", "coordinate", "usetikzlibrary", "tikz", "tikzset", "foreach", "pgfmathsetmacro", "pgfmathparse", "node"), "tikz"),
    **dict.fromkeys(("addplot", "addlegendentry", "addlegendimage", "pgfplotsset", "usepgfplotslibrary", "nextgroupplot", "pgfplotstableread", "legend"), "pgfplots"),
    **dict.fromkeys(("ket", "bra", "braket"), "braket"), **dict.fromkeys(("dv", "pdv", "norm", "abs"), "physics"),
    **dict.fromkeys(("rowcolor", "cellcolor", "rowcolors"), "colortbl"), **dict.fromkeys(("lstset", "lstinline"), "listings"),
    "mathscr": "mathrsfs", "multirow": "multirow", "url": "hyperref", "href": "hyperref", "ce": "mhchem", "bm": "bm",
    "cancel": "cancel", "ctikzset": "circuitikz", "pie": "pgf-pie", "chemfig": "chemfig", "tdplotsetmaincoords": "tikz-3dplot",
    "tkzDefPoint": "tkz-euclide", "tkzDefPoints": "tkz-euclide", "ganttbar": "pgfgantt", "captionof": "caption", "geometry": "geometry",
    "setmainfont": "fontspec", "blindtext": "blindtext", "lipsum": "lipsum", "smartdiagram": "smartdiagram", "theoremstyle": "amsthm",
    "subcaption": "subcaption", "State": "algpseudocode", "newtcolorbox": "tcolorbox", "ul": "soul", "st": "soul",
    **dict.fromkeys((
        "begin", "end", "frac", "sqrt", "sum", "int", "prod", "lim", "infty", "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon",
        "theta", "lambda", "mu", "pi", "rho", "sigma", "phi", "varphi", "omega", "Gamma", "Delta", "Sigma", "Omega", "Phi", "partial",
        "nabla", "cdot", "times", "div", "pm", "leq", "geq", "neq", "approx", "equiv", "rightarrow", "leftarrow", "Rightarrow",
        "mathbf", "mathrm", "mathcal", "textbf", "textit", "texttt", "textsc", "emph", "underline", "caption", "section", "subsection",
        "item", "hline", "centering", "usepackage", "newcommand", "renewcommand", "title", "author", "date", "maketitle", "left", "right",
        "documentclass", "tiny", "small", "large", "Large", "LARGE", "huge", "Huge", "vspace", "hspace", "label", "ref", "multicolumn",
        "sin", "cos", "tan", "log", "ln", "exp", "quad", "qquad", "ldots", "cdots", "hat", "vec", "bar", "overline", "matrix", "graph", "pic",
        "newpage", "pagestyle", "tableofcontents", "footnote", "bfseries", "itshape", "sffamily", "normalsize", "linewidth", "textwidth",
    ), ""),
}  # fmt: skip
"""Commands and the package that each is in, if it is not LaTeX's own."""

KEYS = (
    "color", "fill", "draw", "line width", "thick", "thin", "very thick", "ultra thick", "very thin", "dashed", "dotted", "dash dot", "opacity",
    "fill opacity", "draw opacity", "text opacity", "rounded corners", "rotate", "scale", "xscale", "yscale", "xshift", "yshift", "shift", "anchor",
    "above", "below", "left", "right", "above left", "above right", "below left", "below right", "midway", "near start", "near end", "pos",
    "sloped", "bend left", "bend right", "loop above", "loop below", "out", "in", "looseness", "circle", "rectangle", "inner sep", "outer sep",
    "minimum width", "minimum height", "minimum size", "text width", "align", "font", "text", "node distance", "every node/.style", "label",
    "domain", "samples", "smooth", "variable", "pattern", "shading", "ball color", "left color", "right color", "top color", "bottom color",
    "radius", "x radius", "y radius", "start angle", "end angle", "step", "help lines", "decorate", "decoration", "transform shape", "shape",
    "xlabel", "ylabel", "zlabel", "title", "legend pos", "legend style", "grid", "xmin", "xmax", "ymin", "ymax", "zmin", "zmax", "xtick", "ytick",
    "xticklabels", "yticklabels", "width", "height", "axis lines", "axis x line", "axis y line", "ybar", "xbar", "ybar stacked", "bar width",
    "mark", "mark size", "mark options", "only marks", "no marks", "nodes near coords", "symbolic x coords", "symbolic y coords",
    "enlarge x limits", "enlarge y limits", "enlargelimits", "colormap", "colormap name", "colorbar", "view", "surf", "mesh", "point meta", "legend entries",
    "table/x", "col sep", "xticklabel style", "yticklabel style", "scaled ticks", "cycle list name", "restrict y to domain", "unbounded coords",
    "tick label style", "label style", "title style", "axis equal", "axis equal image", "hide axis", "major grid style", "minor tick num", "error bars",
)  # fmt: skip
LIBRARIES = {
    **dict.fromkeys(("diamond", "ellipse", "trapezium", "star", "regular polygon", "cylinder", "kite", "semicircle", "isosceles triangle", "dart", "circular sector", "star points", "regular polygon sides"), "shapes.geometric"),
    **dict.fromkeys(("rounded rectangle", "cross out", "chamfered rectangle", "strike out"), "shapes.misc"),
    **dict.fromkeys(("cloud", "starburst", "signal", "tape", "cloud puffs", "forbidden sign"), "shapes.symbols"),
    **dict.fromkeys(("rectangle split", "circle split", "rectangle split parts"), "shapes.multipart"),
    **dict.fromkeys(("single arrow", "double arrow"), "shapes.arrows"),
    **dict.fromkeys(("rectangle callout", "ellipse callout", "cloud callout"), "shapes.callouts"),
    **dict.fromkeys(("mindmap", "concept", "concept color"), "mindmap"), **dict.fromkeys(("pattern", "pattern color"), "patterns"),
    **dict.fromkeys(("drop shadow", "circular drop shadow", "general shadow"), "shadows"),
    **dict.fromkeys(("matrix of nodes", "matrix of math nodes"), "matrix"), **dict.fromkeys(("on background layer", "show background rectangle"), "backgrounds"),
    **dict.fromkeys(("name intersections", "name path"), "intersections"), **dict.fromkeys(("start chain", "on chain"), "chains"),
    **dict.fromkeys(("state", "initial", "accepting", "initial text"), "automata"), **dict.fromkeys(("angle radius", "angle eccentricity"), "angles,quotes"),
    "fit": "fit", "spy using outlines": "spy", "decorate": "decorations", "grow cyclic": "trees", "circuit ee IEC": "circuits.ee.IEC",
    "brace": "decorations.pathreplacing", "border": "decorations.pathreplacing", "ticks": "decorations.pathreplacing",
    "snake": "decorations.pathmorphing", "zigzag": "decorations.pathmorphing", "coil": "decorations.pathmorphing", "random steps": "decorations.pathmorphing",
    "bumps": "decorations.pathmorphing", "saw": "decorations.pathmorphing", "text along path": "decorations.text", "markings": "decorations.markings",
    "Koch snowflake": "decorations.fractals", "footprints": "decorations.footprints", "shape backgrounds": "decorations.shapes",
}  # fmt: skip
"""Keys, shapes and decorations, and the TikZ library that each is in."""

HINTS = (
    (re.compile(r"standalone-crop|preview\.sty"), "give standalone its usual options only"),
    (re.compile(r"addplotimpl|pgfplots@addplot"), "end each \\addplot with a semicolon"),
    (re.compile(r"Giving up on this path|Did you forget a semicolon"), "end each TikZ command with a semicolon"),
    (re.compile(r"Unknown (?:function `of'|operator `\w+' or `of')"), "load \\usetikzlibrary{positioning} for right=of a"),
    (re.compile(r"Unknown arrow tip kind"), "load \\usetikzlibrary{arrows.meta}, or check the tip's name"),
    (re.compile(r"usetikzlibrary\{calc\}"), "load \\usetikzlibrary{calc}"),
    (re.compile(r"tikz library '|pgfplots library '"), "check the library's name"),
    (re.compile(r"tikzexternal|-figure\d+"), "leave out \\tikzexternalize: no other program may be started here"),
    (re.compile(r"gnuplot"), "leave gnuplot out: write the function in \\addplot {…}, no other program may be started here"),
    (re.compile(r"^minted:"), "use \\usepackage{listings} instead: no other program may be started here"),
    (re.compile(r"shell[- ]escape|write18"), "no other program may be started here"),
    (re.compile(r"symbolic [xyz] coords"), "list the coordinate among the symbolic coords"),
    (re.compile(r"No shape named"), "name the node or coordinate before it is used: \\node (a) …"),
    (re.compile(r"Unicode character"), "write it as a command, such as $\\alpha$ or $\\leq$, or use fontspec"),
    (re.compile(r"Runaway argument|File ended while scanning|Paragraph ended before"), "a closing brace or bracket is missing"),
    (re.compile(r"or forgotten \$"), "a closing $ is missing, or a brace too many"),
    (re.compile(r"Too many \}'s|Extra \}"), "a closing brace too many"),
    (re.compile(r"Missing \} inserted|Missing \{ inserted"), "check that each { has its }"),
    (re.compile(r"Missing \\begin\{document\}"), "text stands before \\begin{document}, or a command of the preamble is misspelt"),
    (re.compile(r"Misplaced alignment tab"), "write & in text as \\&"),
    (re.compile(r"Extra alignment tab"), "this line has more cells than the table has columns"),
    (re.compile(r"Misplaced \\noalign|Misplaced \\omit"), "put \\\\ before \\hline; \\multicolumn begins a cell"),
    (re.compile(r"Illegal character in array|Illegal pream-token"), "columns are l, c, r or p{3cm}; \\multicolumn{2}{c}{text} has three arguments"),
    (re.compile(r"Double (sub|super)script"), "group with braces: x_{1_2}"),
    (re.compile(r"macro parameter character #"), "write # in text as \\#"),
    (re.compile(r"Missing \\(left|right|cr)|Extra \\right"), "each \\left needs its \\right on the same line"),
    (re.compile(r"Missing delimiter"), "a bracket follows \\left and \\right: \\left( … \\right)"),
    (re.compile(r"missing \\item"), "start each line of the list with \\item"),
    (re.compile(r"already defined"), "use \\renewcommand, or another name"),
    (re.compile(r"Can be used only in preamble"), "put it before \\begin{document}"),
    (re.compile(r"Option clash"), "load the package once, with all its options"),
    (re.compile(r"Illegal unit of measure|Missing number"), "a length needs a number and a unit, such as 2cm; a loop's number must be one"),
    (re.compile(r"Dimension too large"), "a coordinate is too large: scale the data, or set ymin, ymax and restrict y to domain"),
    (re.compile(r"'compat=[\d.]+' is unknown"), "write \\pgfplotsset{compat=newest}"),
    (re.compile(r"Arithmetic overflow"), "a number is too large for TeX: scale it"),
    (re.compile(r"divide .*by (zero|0)"), "leave the point out where the divisor is zero: change domain or samples"),
    (re.compile(r"ended by \\end"), "environments end in the order in which they began"),
    (re.compile(r"Not in outer par mode|caption outside float"), "leave out figure, table and \\caption around the picture"),
    (re.compile(r"TeX capacity exceeded, sorry \[(input stack|grouping|parameter|save)"), "a command calls itself without end"),
    (re.compile(r"TeX capacity exceeded, sorry \[main memory"), "draw fewer points"),
    (re.compile(r"Unknown color|Undefined color"), "define the colour with \\definecolor, or check its spelling"),
    (re.compile(r"openout|openin|Not (reading|writing)"), "only files in this folder, by their names"),
)  # fmt: skip

COLORMAPS = ("viridis", "hot", "hot2", "jet", "cool", "blackwhite", "bluered", "greenyellow", "redyellow", "violet")  # fmt: skip
CHOICES = {
    "shader": ("flat", "interp", "faceted", "faceted interp", "flat mean", "flat corner"), "grid": ("none", "major", "minor", "both"), "xmajorgrids": ("true", "false"),
    "axis lines": ("box", "left", "middle", "center", "right", "none"), "axis x line": ("box", "top", "middle", "center", "bottom", "none"), "axis y line": ("box", "left", "middle", "center", "right", "none"),
    "axis x line*": ("box", "top", "middle", "center", "bottom", "none"), "axis y line*": ("box", "left", "middle", "center", "right", "none"), "axis z line": ("box", "left", "middle", "right", "none"),
    "tick pos": ("left", "right", "both", "upper", "lower"), "tick align": ("inside", "outside", "center"), "xtick pos": ("left", "right", "both", "bottom", "top"), "ytick pos": ("left", "right", "both"), "xtick align": ("inside", "outside", "center"), "ytick align": ("inside", "outside", "center"),
    "legend cell align": ("left", "center", "right"), "legend plot pos": ("left", "right", "none"), "xmode": ("normal", "linear", "log"), "ymode": ("normal", "linear", "log"), "zmode": ("normal", "linear", "log"),
    "unbounded coords": ("discard", "jump"), "x dir": ("none", "plus", "minus", "both"), "y dir": ("normal", "reverse", "none", "plus", "minus", "both"), "mesh/ordering": ("x varies", "y varies", "rowwise", "colwise"), "patch type": ("default", "rectangle", "triangle", "line", "quadratic triangle", "biquadratic", "bilinear", "polygon"),
    "line cap": ("butt", "round", "rect"), "line join": ("miter", "round", "bevel"), "align": ("left", "center", "right", "flush left", "flush right", "justify", "none"), "col sep": ("space", "tab", "comma", "colon", "semicolon", "braces", "ampersand"), "z buffer": ("default", "none", "auto", "sort", "reverse x seq"),
    "clip mode": ("global", "individual"), "scale mode": ("auto", "none", "stretch to fill", "scale uniformly"), "trig format": ("deg", "rad"), "trig format plots": ("default", "deg", "rad"), "data cs": ("cart", "polar", "polarrad"),
}  # fmt: skip
"""Keys that take one of a few words, and these words."""

COLOURS = ("red", "green", "blue", "cyan", "magenta", "yellow", "black", "gray", "white", "darkgray", "lightgray", "brown", "lime", "olive", "orange", "pink", "purple", "teal", "violet")  # fmt: skip
ARROWS = ("Stealth", "Latex", "Triangle", "Circle", "Bar", "Kite", "Diamond", "Square", "Hooks", "Straight Barb", "Computer Modern Rightarrow", "To", "stealth", "latex")  # fmt: skip
