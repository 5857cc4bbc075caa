# What a program says in vain: plots that are made and not shown, words that ggplot2 and lattice pass over.

LABELS <- c("title", "subtitle", "caption", "tag", "alt", "x", "y", "z", "colour", "color", "fill", "size", "shape", "linetype", "linewidth", "alpha", "label", "group", "weight", "radius", "edge_colour", "edge_width")
LABELS_ELSEWHERE <- c(xlab = "x", ylab = "y", xlabel = "x", ylabel = "y", xtitle = "x", ytitle = "y", main = "title", sub = "subtitle", legend = "colour or fill", x_label = "x", y_label = "y", sub_title = "subtitle")
LATTICE <- c("xyplot", "barchart", "bwplot", "histogram", "densityplot", "dotplot", "stripplot", "levelplot", "wireframe", "cloud", "splom", "contourplot", "qqmath", "parallelplot")
LATTICE_ARGUMENTS <- c("x", "data", "main", "sub", "xlab", "ylab", "zlab", "groups", "auto.key", "key", "layout", "type", "col", "pch", "cex", "lwd", "lty", "fill", "alpha", "panel", "scales", "strip", "aspect", "as.table", "xlim", "ylim", "zlim", "par.settings", "subset", "horizontal", "stack", "origin", "breaks", "nint", "col.regions", "colorkey", "cuts", "at", "region", "contour", "drape", "screen", "labels", "border", "jitter.data", "jitter", "box.ratio", "box.width", "notch", "varwidth", "outer", "default.scales", "index.cond", "between", "page", "prepanel", "shade", "perspective", "distance", "light.source", "grid", "abline", "legend", "font", "fontface", "span", "degree", "lines", "points", "distribution", "kernel", "bw", "n", "ref", "plot.points", "offset", "xscale.components", "yscale.components", "pretty", "equal.widths", "allow.multiple", "drop.unused.levels", "lattice.options", "par.strip.text", "skip", "varnames", "pscales", "panel.groups", "common.scale", "zoom", "R.mat", "shade.colors.palette", "col.line", "col.symbol", "col.groups", "do.out", "coef", "levels.fos", "amount", "factor", "rot", "segments", "lineheight", "label.style", "useRaster", "identifier", "name", "tick.number", "family", "fontfamily")

# Every call of a program with its number of statement; what data hold is not gone through.
each_call <- function(call, tell, looped = FALSE) {
  if (!is.call(call)) {
    return(invisible())
  }
  name <- if (is.name(call[[1]])) as.character(call[[1]]) else ""
  if (name %in% c("c", "~", "matrix", "list") && length(call) > 60) {
    return(invisible())
  }
  tell(call, name, looped)
  loops <- name %in% c("for", "while", "repeat")
  inner <- loops || looped && name %in% c("{", "if")
  for (part in Filter(is.call, as.list(call))) each_call(part, tell, inner)
}

# What stands first in a chain of +: of a ggplot the function that makes it.
maker_of <- function(call) {
  while (is.call(call) && identical(call[[1]], quote(`+`)) && length(call) == 3) call <- call[[2]]
  if (is.call(call) && is.name(call[[1]])) as.character(call[[1]]) else ""
}

# The line and column of the n-th word of the program that is a certain one.
place_in_statement <- function(word, number) {
  found <- within(tokens(), references[[number]])
  found <- found[gsub("^[\"'`]|[\"'`]$", "", found$text) == word, ]
  if (nrow(found)) c(found$line1[1], found$col1[1]) else references[[number]][c(1, 5)]
}

# Warnings of what a picture that was drawn lacks.
in_vain <- function() {
  told <- character()
  tell <- function(message, word, number, hint) {
    at <- place_in_statement(word, number)
    told <<- c(told, finding(message, line = at[1], column = at[2], hint = hint, severity = "warning"))
  }
  scaled <- any(grepl("scale_(colou?r|fill)_|guides\\(", source_lines))
  for (number in seq_along(expressions)) {
    each_call(expressions[[number]], function(call, name, looped) {
      if (looped && name %in% c("+", "ggplot") && maker_of(call) == "ggplot" && is.null(token_store$shown_in_loop)) {
        tell("a plot that is made in a loop is not shown", "ggplot", number, "in a loop write print(ggplot(…) + …)")
        token_store$shown_in_loop <- TRUE
      } else if (name == "labs") {
        for (word in setdiff(names(call), c("", LABELS))) {
          close <- if (word %in% names(LABELS_ELSEWHERE)) LABELS_ELSEWHERE[[word]] else near(word, LABELS)
          if (!is.null(close) && !any(grepl(sprintf("\\b%s *=", word), grep("aes *\\(", source_lines, value = TRUE)))) {
            tell(sprintf("labs() knows no %s: it is left out", word), word, number, meant(close))
          }
        }
      } else if (name == "aes" && !scaled) {
        for (word in intersect(names(call), c("color", "colour", "fill"))) {
          value <- call[[word]]
          if (is.character(value) && (value %in% grDevices::colors() || grepl("^#[0-9A-Fa-f]{6}$", value))) {
            tell(sprintf("within aes(), \"%s\" is no colour but the name of a group", value), value, number, sprintf("write %s = \"%s\" outside of aes()", word, value))
          }
        }
      } else if (name %in% LATTICE && "package:lattice" %in% search()) {
        for (word in setdiff(names(call), c("", LATTICE_ARGUMENTS))) {
          close <- near(word, LATTICE_ARGUMENTS[nchar(LATTICE_ARGUMENTS) > 3])
          if (!is.null(close)) tell(sprintf("%s() knows no %s: it is left out", name, word), word, number, meant(close))
        }
      }
    })
  }
  utils::head(unique(told), 3)
}

nothing_drawn <- function() {
  for (number in seq_along(expressions)) {
    each_call(expressions[[number]], function(call, name, looped) {
      maker <- if (looped && name %in% c("+", "ggplot", LATTICE)) maker_of(call) else ""
      if (maker %in% c("ggplot", LATTICE) && is.null(token_store$unshown)) token_store$unshown <- list(maker, number)
    })
  }
  if (!is.null(token_store$unshown)) {
    maker <- token_store$unshown[[1]]
    at <- place_in_statement(maker, token_store$unshown[[2]])
    return(finding("a plot that is made in a loop is not shown: the program drew no picture", line = at[1], column = at[2], hint = sprintf("in a loop write print(%s(…)%s)", maker, if (maker == "ggplot") " + …" else "")))
  }
  idle <- Filter(function(name) is.function(get(name, envir = globalenv())) && sum(tokens()$text == name) == 1, ls(globalenv()))
  if (length(idle)) {
    at <- tokens()[tokens()$text == idle[length(idle)], ]
    return(finding(sprintf("%s is defined, but nothing calls it: the program drew no picture", idle[length(idle)]), line = at$line1[1], column = at$col1[1], hint = sprintf("call it at the end: %s(%s)", idle[length(idle)], if (length(formals(idle[length(idle)]))) "\u2026" else "")))
  }
  plots <- Filter(function(name) inherits(get(name, envir = globalenv()), c("ggplot", "trellis")), ls(globalenv()))
  made <- if (length(plots)) sprintf("end with print(%s)", plots[length(plots)]) else "end with plot(), or with a ggplot on a line of its own"
  finding("the program drew no picture", hint = made)
}
