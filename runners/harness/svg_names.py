# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""The names that SVG 1.1 and 2 know: elements, attributes, and the values of some of them."""

from __future__ import annotations

from common import words

ELEMENTS = words(
    "a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend "
    "feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting "
    "feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR "
    "feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight "
    "feSpecularLighting feSpotLight feTile feTurbulence filter foreignObject g image line "
    "linearGradient marker mask metadata mpath path pattern polygon polyline radialGradient rect "
    "script set stop style svg switch symbol text textPath title tspan use view"
)

FORMER = words("font font-face font-face-src font-face-uri font-face-name font-face-format glyph glyphRef missing-glyph hkern vkern altGlyph altGlyphDef altGlyphItem tref color-profile cursor animateColor hatch hatchpath mesh meshgradient meshpatch meshrow solidcolor flowRoot flowRegion flowPara flowSpan solidColor")  # fmt: skip
"""Elements of SVG 1.1, 1.2 and drafts, which renderers pass over."""

PROPERTIES = words(
    "alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation "
    "color-interpolation-filters cursor direction display dominant-baseline fill fill-opacity "
    "fill-rule filter flood-color flood-opacity font font-family font-size font-size-adjust "
    "font-stretch font-style font-variant font-weight glyph-orientation-vertical image-rendering "
    "isolation letter-spacing lighting-color line-height marker marker-end marker-mid marker-start mask "
    "mask-type mix-blend-mode opacity overflow paint-order pointer-events shape-rendering stop-color "
    "stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-orientation "
    "text-rendering transform transform-box transform-origin unicode-bidi vector-effect visibility white-space "
    "word-spacing writing-mode background background-color"
)

ATTRIBUTES = words(
    "accumulate additive amplitude attributeName attributeType azimuth baseFrequency begin bias by "
    "calcMode class clipPathUnits crossorigin cx cy d diffuseConstant divisor dur dx dy edgeMode "
    "elevation end exponent fetchpriority filterUnits fr from fx fy gradientTransform gradientUnits height href "
    "hreflang id in in2 intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength keyPoints keySplines "
    "keyTimes lang lengthAdjust limitingConeAngle markerHeight markerUnits markerWidth "
    "maskContentUnits maskUnits max media method min mode numOctaves offset operator order "
    "orient origin path pathLength patternContentUnits patternTransform patternUnits "
    "points pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r "
    "radius refX refY rel repeatCount repeatDur requiredExtensions requiredFeatures restart result role rotate rx ry "
    "scale seed side slope spacing specularConstant specularExponent spreadMethod startOffset "
    "stdDeviation stitchTiles style surfaceScale systemLanguage tabindex tableValues target "
    "targetX targetY textLength title to type values version viewBox width x x1 x2 "
    "xChannelSelector y y1 y2 yChannelSelector z zoomAndPan baseProfile enable-background "
    "contentScriptType contentStyleType space"
)

OWN = {
    "circle": words("cx cy r pathLength"),
    "ellipse": words("cx cy rx ry pathLength"),
    "rect": words("x y width height rx ry pathLength"),
    "line": words("x1 y1 x2 y2 pathLength"),
    "polygon": words("points pathLength"),
    "polyline": words("points pathLength"),
    "path": words("d pathLength"),
    "text": words("x y dx dy rotate textLength lengthAdjust"),
    "tspan": words("x y dx dy rotate textLength lengthAdjust"),
    "g": (),
    "stop": words("offset path"),
}
"""The attributes of shapes, beside those that every element has."""

GENERAL = words("id class style href lang tabindex role space requiredExtensions requiredFeatures systemLanguage version title")  # fmt: skip

LENGTHS = words("x y width height rx ry r cx cy x1 y1 x2 y2 stroke-width font-size")
"""Attributes of shapes that hold one length; in <text> some are lists."""

VALUES = {
    "text-anchor": words("start middle end inherit"),
    "stroke-linecap": words("butt round square inherit"),
    "stroke-linejoin": words("miter round bevel arcs miter-clip inherit"),
    "fill-rule": words("nonzero evenodd inherit"),
    "font-style": words("normal italic oblique inherit"),
    "font-weight": words("normal bold bolder lighter 100 200 300 400 500 600 700 800 900 inherit"),
    "visibility": words("visible hidden collapse inherit"),
    "gradientUnits": words("userSpaceOnUse objectBoundingBox"),
    "patternUnits": words("userSpaceOnUse objectBoundingBox"),
    "spreadMethod": words("pad reflect repeat"),
    "dominant-baseline": words("auto middle central hanging text-before-edge text-after-edge ideographic alphabetic mathematical use-script no-change reset-size before-edge after-edge text-top text-bottom inherit"),
}  # fmt: skip

INSTEAD = {
    "text-anchor": {"center": "middle", "left": "start", "right": "end"},
    "dominant-baseline": {"center": "central", "top": "hanging", "bottom": "text-after-edge"},
    "stroke-linecap": {"rounded": "round"},
    "stroke-linejoin": {"rounded": "round"},
}

COLOURED = words("fill stroke stop-color flood-color lighting-color color")

COLOURS = words(
    "aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood "
    "cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray "
    "darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen "
    "darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue "
    "firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew "
    "hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan "
    "lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray "
    "lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid "
    "mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream "
    "mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen "
    "paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue "
    "saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen "
    "steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen"
)
