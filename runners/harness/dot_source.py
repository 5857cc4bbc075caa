# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""A graph's source in DOT: its words and statements, and what Graphviz knows."""

from __future__ import annotations

import re

import common

SHAPES = ("box", "polygon", "ellipse", "oval", "circle", "point", "egg", "triangle", "plaintext", "plain", "diamond", "trapezium", "parallelogram", "house", "pentagon", "hexagon", "septagon", "octagon", "doublecircle", "doubleoctagon", "invtriangle", "invtrapezium", "invhouse", "Mdiamond", "Msquare", "Mcircle", "rect", "rectangle", "square", "star", "none", "underline", "cylinder", "note", "tab", "folder", "box3d", "component", "record", "Mrecord")  # fmt: skip
COLOURS = ("aquamarine", "beige", "black", "blue", "brown", "chartreuse", "chocolate", "coral", "cornflowerblue", "crimson", "cyan", "darkgreen", "darkorange", "deepskyblue", "dodgerblue", "firebrick", "forestgreen", "gold", "goldenrod", "gray", "green", "grey", "indigo", "ivory", "khaki", "lavender", "lightblue", "lightgray", "lightgrey", "lightpink", "lightyellow", "limegreen", "magenta", "maroon", "navy", "orange", "orangered", "orchid", "pink", "plum", "purple", "red", "royalblue", "salmon", "seagreen", "skyblue", "slateblue", "steelblue", "tan", "tomato", "transparent", "turquoise", "violet", "wheat", "white", "yellow", "yellowgreen")  # fmt: skip
ARROWS = ("normal", "inv", "dot", "odot", "none", "tee", "empty", "diamond", "odiamond", "box", "obox", "crow", "vee", "curve")  # fmt: skip
STYLES = ("solid", "dashed", "dotted", "bold", "invis", "filled", "rounded", "diagonals", "striped", "wedged", "radial", "tapered")  # fmt: skip
VALUES = (*SHAPES, *COLOURS, *ARROWS, *STYLES)
ATTRIBUTES = frozenset(common.words("_background area arrowhead arrowsize arrowtail bb bgcolor center charset class cluster clusterrank color colorscheme comment compound concentrate constraint decorate defaultdist dim dimen dir diredgeconstraints distortion dpi edgehref edgetarget edgetooltip edgeURL epsilon esep fillcolor fixedsize fontcolor fontname fontnames fontpath fontsize forcelabels gradientangle group head_lp headclip headhref headlabel headport headtarget headtooltip headURL height href id image imagepath imagepos imagescale inputscale K label label_scheme labelangle labeldistance labelfloat labelfontcolor labelfontname labelfontsize labelhref labeljust labelloc labeltarget labeltooltip labelURL landscape layer layerlistsep layers layerselect layersep layout len levels levelsgap lhead lheight linelength lp ltail lwidth margin maxiter mclimit mindist minlen mode model newrank nodesep nojustify normalize notranslate nslimit nslimit1 oneblock ordering orientation outputorder overlap overlap_scaling overlap_shrink pack packmode pad page pagedir pencolor penwidth peripheries pin pos quadtree quantum rank rankdir ranksep ratio rects regular remincross repulsiveforce resolution root rotate rotation samehead sametail samplepoints scale searchsize sep shape shapefile showboxes sides size skew smoothing sortv splines start style stylesheet tail_lp tailclip tailhref taillabel tailport tailtarget tailtooltip tailURL target TBbalance tooltip truecolor URL vertices viewport voro_margin weight width xdotversion xlabel xlp z"))  # fmt: skip
KEYWORDS = ("node", "edge", "graph", "digraph", "subgraph", "strict")


def plain(source: str) -> str:
    """The source with strings, HTML labels and comments blanked, each character in its place.

    A string is blanked with ``"`` at both ends kept; an unclosed one keeps only its first.
    """
    out: list[str] = []
    at = 0
    piece = re.compile(r'"(?:\\.|[^"\\])*"?|//[^\n]*|/\*.*?(?:\*/|\Z)|#[^\n]*', re.DOTALL)  # fmt: skip
    while at < len(source):
        if source[at] == "<" and re.search(r"[=\s\[,]\s*$", source[max(0, at - 20) : at]):
            end = _html_end(source, at)
            out.append(_blank(source[at:end]))
            at = end
            continue
        found = piece.match(source, at)
        if found is None:
            out.append(source[at])
            at += 1
            continue
        text = found[0]
        kept = f'"{_blank(text[1:-1])}"' if text[0] == '"' and len(text) > 1 and text[-1] == '"' else _blank(text)  # fmt: skip
        out.append('"' + _blank(text[1:]) if kept == _blank(text) and text[0] == '"' else kept)
        at = found.end()
    return "".join(out)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _html_end(source: str, at: int) -> int:
    depth = 0
    for place in range(at, len(source)):
        depth += {"<": 1, ">": -1}.get(source[place], 0)
        if depth == 0:
            return place + 1
    return len(source)


def line_of(text: str, place: int) -> int:
    """The line of an offset, counted from 1."""
    return text.count("\n", 0, place) + 1


def column_of(text: str, place: int) -> int:
    """The column of an offset, counted from 1."""
    return place - text.rfind("\n", 0, place)


class Group:
    """A subgraph.

    Attributes:
        name: empty where it has none.
        place: offset of its first word or brace.
        attributes: its own, by name; without those of its nodes.
        has_cluster: whether a cluster stands in it.
    """

    def __init__(self, name: str, place: int) -> None:
        self.name, self.place = name, place
        self.attributes: dict[str, str] = {}
        self.has_cluster = False


class Graph:
    """What stands in a graph.

    Attributes:
        groups: its subgraphs.
        attributes: name, value and offset of each, whose ever it is.
        pairs: two names that stand alone in a line, with the first one's offset.
        loose: attributes of the graph that stand right behind a node or an edge, in its line.
        ends: the nodes of edges: name, offset, line.
        declared: nodes that have attributes of their own, with their offsets.
        listed: nodes that stand in a statement of their own without attributes.
    """

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.attributes: list[tuple[str, str, int]] = []
        self.pairs: list[tuple[str, str, int]] = []
        self.loose: list[tuple[str, str, int]] = []
        self.ends: list[tuple[str, int, int]] = []
        self.declared: dict[str, int] = {}
        self.listed: set[str] = set()


_TOKEN = re.compile(r'(?P<name>[^\W\d]\w*|-?(?:\.\d+|\d+(?:\.\d*)?))|(?P<string>"[^"]*")|(?P<edge>->|--)|(?P<sign>[{}\[\];,=:])')  # fmt: skip


def read(source: str) -> list[Graph]:
    """The graphs of a file that Graphviz could read."""
    bare = plain(source)
    tokens = [(found.lastgroup or "", source[found.start() : found.end()], found.start()) for found in _TOKEN.finditer(bare)]  # fmt: skip
    graphs: list[Graph] = []
    at = 0
    while at < len(tokens):
        if tokens[at][1] == "{":
            reader = _Reader(source, tokens, at + 1)
            graphs.append(reader.graph)
            at = reader.at
        at += 1
    return graphs


class _Reader:
    """Reads one graph, from behind its brace to the other one."""

    def __init__(self, source: str, tokens: list[tuple[str, str, int]], at: int) -> None:
        self.source, self.tokens, self.at = source, tokens, at
        self.graph = Graph()
        self.open: list[Group] = []
        self._statements()

    def _text(self, ahead: int = 0) -> str:
        return self.tokens[self.at + ahead][1] if self.at + ahead < len(self.tokens) else ""

    def _is_name(self, ahead: int = 0) -> bool:
        return self.at + ahead < len(self.tokens) and self.tokens[self.at + ahead][0] in ("name", "string")  # fmt: skip

    def _statements(self) -> None:
        depth = 1
        bare_nodes = False
        while self.at < len(self.tokens):
            _, text, place = self.tokens[self.at]
            if text in ("subgraph", "{"):
                depth += self._group(place)
            elif text == "}":
                depth -= 1
                if not depth:
                    return
                self.open = self.open[:-1]
                self.at += 1
            elif text in ("node", "edge", "graph") and self._text(1) == "[":
                self.at += 1
                self._list(self.open[-1] if text == "graph" and self.open else None)
            elif self._is_name() and self._text(1) == "=":
                self._attribute(place, bare_nodes)
                bare_nodes = False
                continue
            elif self._is_name():
                self._nodes()
                bare_nodes = self.tokens[self.at - 1][1] != "]"
                continue
            else:
                self.at += 1
            bare_nodes = False

    def _group(self, place: int) -> int:
        """A subgraph's beginning; 0 where it has no braces here."""
        name = ""
        if self._text() == "subgraph":
            self.at += 1
            if self._is_name():
                name = self._text().strip('"')
                self.at += 1
        if self._text() != "{":
            return 0
        self.at += 1
        for outer in self.open:
            outer.has_cluster = outer.has_cluster or name.startswith("cluster")
        self.open = [*self.open, Group(name, place)]
        self.graph.groups.append(self.open[-1])
        return 1

    def _attribute(self, place: int, bare_nodes: bool) -> None:
        """An attribute of the graph or the group; `bare_nodes`: nodes without attributes stand right before it."""
        name, value = self._text(), self._value(2)
        same_line = self.at and line_of(self.source, self.tokens[self.at - 1][2]) == line_of(self.source, place)  # fmt: skip
        if bare_nodes and same_line:
            self.graph.loose.append((name, value, place))
        self.graph.attributes.append((name, value, place))
        if self.open:
            self.open[-1].attributes[name] = value.strip('"')
        self.at += 3

    def _value(self, ahead: int) -> str:
        """A value; an HTML one, which is no token, is told by what stands between."""
        if self._is_name(ahead):
            return self._text(ahead)
        return "<>"

    def _list(self, group: Group | None) -> None:
        """Attributes in square brackets."""
        while self.at < len(self.tokens) and self._text() != "]":
            if self._is_name() and self._text(1) == "=":
                value, place = self._value(2), self.tokens[self.at][2]
                self.graph.attributes.append((self._text(), value, place))
                if group is not None:
                    group.attributes[self._text()] = value.strip('"')
                self.at += 2 if value == "<>" else 3
            else:
                self.at += 1
        self.at += 1

    def _nodes(self) -> None:
        """A node, or the nodes of an edge, and their attributes."""
        first = self.at
        names: list[tuple[str, int]] = []
        linked = first > 0 and self.tokens[first - 1][0] == "edge"
        while self._is_name():
            names.append((self._text().strip('"'), self.tokens[self.at][2]))
            self.at += 1
            while self._text() == ":":  # a port
                self.at += 2
            if self.at < len(self.tokens) and self.tokens[self.at][0] == "edge":
                linked = True
                self.at += 1
                continue
            break
        has_list = self._text() == "["
        if has_list:
            self._list(None)
        if linked:
            self.graph.ends += [(name, place, line_of(self.source, place)) for name, place in names]
            return
        name, place = names[0]
        if has_list:
            self.graph.declared.setdefault(name, place)
            return
        self.graph.listed.add(name)
        self._pair(first, name, place)

    def _pair(self, first: int, name: str, place: int) -> None:
        """Two names alone in their line, or a name and a port."""
        line = line_of(self.source, place)
        if self.at + 1 >= len(self.tokens):
            return
        before, end = self.tokens[first - 1], self.tokens[self.at : self.at + 2]
        begins = before[1] in (";", "{", "}", "]") or line_of(self.source, before[2]) < line
        if begins and self.tokens[first + 1][1] == ":":
            self.graph.pairs.append((name, self.tokens[first + 2][1], place))
        elif begins and self._is_name() and line_of(self.source, end[0][2]) == line:
            closes = end[1][1] in (";", "}") or line_of(self.source, end[1][2]) > line
            if closes and not self.tokens[first][1].startswith('"'):
                self.graph.pairs.append((name, end[0][1], place))
