# How R's pictures look where a program says nothing about it: as the other languages do (look.py).
# A program that sets a style of its own keeps it: these are defaults.

HOUSE <- list(
  palette = c("#4c78a8", "#f58518", "#54a24b", "#e45756", "#72b7b2", "#eeca3b", "#b279a2", "#ff9da6", "#9d755d", "#bab0ac"),
  paper = "#ffffff", ink = "#333333", muted = "#8a8f98", grid = "#e5e5e5", font = "sans", given = FALSE
)

# The run's plot style, or the house's. The file is JSON that viscoder wrote: six known keys.
look_given <- function() {
  if (!file.exists("style")) {
    return(HOUSE)
  }
  text <- paste(readLines("style", warn = FALSE, encoding = "UTF-8"), collapse = " ")
  strings <- function(text) gsub("\"", "", regmatches(text, gregexpr("\"[^\"]*\"", text))[[1]], fixed = TRUE)
  style <- list(palette = strings(sub(".*\"palette\": *\\[([^]]*)\\].*", "\\1", text)), given = TRUE)
  for (key in c("paper", "ink", "muted", "grid", "font")) {
    style[[key]] <- sub(sprintf(".*\"%s\": *\"([^\"]*)\".*", key), "\\1", text)
  }
  style$font <- switch(style$font, "sans-serif" = "sans", "monospace" = "mono", style$font)
  style
}

mixed <- function(first, second, share) {
  parts <- grDevices::col2rgb(first)[, 1] * (1 - share) + grDevices::col2rgb(second)[, 1] * share
  grDevices::rgb(parts[1], parts[2], parts[3], maxColorValue = 255)
}

# Puts another function in place of one of a package, for everybody.
stand_in <- function(package, name, value) {
  for (where in list(asNamespace(package), if (paste0("package:", package) %in% search()) as.environment(paste0("package:", package)))) {
    if (is.null(where) || !exists(name, envir = where, inherits = FALSE)) next
    locked <- bindingIsLocked(name, where)
    if (locked) get("unlockBinding", baseenv())(name, where)
    assign(name, value, envir = where)
    if (locked) lockBinding(name, where)
  }
}

when_loaded <- function(package, what) {
  setHook(packageEvent(package, "onLoad"), function(...) what())
  if (package %in% loadedNamespaces()) what()
}

# Base graphics: what a freshly opened device starts with, and the colours of bars, slices and boxes.
dress_device <- function(style) {
  graphics::par(
    bg = style$paper, fg = if (style$given) style$muted else style$ink, col = style$ink, col.axis = style$ink,
    col.lab = style$ink, col.main = style$ink, col.sub = style$muted, bty = "l", las = 1, pch = 19, cex.main = 1.3
  )
}

dress_base <- function(style) {
  default <- function(name, ...) {
    made <- get(name, asNamespace("graphics"))
    formals(made)[...names()] <- list(...)
    stand_in("graphics", name, made)
    registerS3method(sub("\\..*", "", name), "default", made, envir = asNamespace("graphics"))
  }
  first <- quote(palette()[1])
  default("barplot.default", col = quote(if (NCOL(height) == 1 && beside) palette()[1] else rep_len(palette(), NROW(height))), border = NA)
  default("hist.default", col = first, border = quote(par("bg")))
  default("boxplot.default", col = mixed(style$paper, style$palette[1], 0.5))
  made <- graphics::pie
  formals(made)[c("col", "border")] <- list(quote(rep_len(palette(), length(x))), quote(par("bg")))
  stand_in("graphics", "pie", made)
}

dress_ggplot <- function(style) {
  g <- asNamespace("ggplot2")
  first <- style$palette[1]
  options(
    ggplot2.discrete.colour = style$palette, ggplot2.discrete.fill = style$palette,
    ggplot2.continuous.colour = "viridis", ggplot2.continuous.fill = "viridis"
  )
  if (style$given) {
    # Black, white and grey are ink, paper and what lies between, in shapes and in each theme.
    for (name in grep("^Geom", getNamespaceExports("ggplot2"), value = TRUE)) {
      geom <- get(name, g)
      aes <- geom$default_aes
      for (key in intersect(names(aes), c("colour", "fill"))) aes[[key]] <- as_ink(aes[[key]], style, first)
      geom$default_aes <- aes
    }
    for (name in c("theme_grey", "theme_gray", "theme_bw", "theme_linedraw", "theme_light", "theme_minimal", "theme_classic", "theme_void")) {
      stand_in("ggplot2", name, inked(get(name, g), style))
    }
  }
  for (geom in c("bar", "col", "area")) g$update_geom_defaults(geom, list(fill = first))
  for (geom in c("boxplot", "violin")) g$update_geom_defaults(geom, list(fill = mixed(style$paper, first, 0.35)))
  for (geom in c("line", "path", "step")) g$update_geom_defaults(geom, list(colour = first, linewidth = 0.8))
  g$update_geom_defaults("point", list(colour = first, size = 2))
  g$theme_set(g$theme_minimal(base_size = 12) + g$theme(
    text = g$element_text(colour = style$ink),
    axis.text = g$element_text(colour = if (style$given) style$ink else "#5a5f66"),
    plot.title = g$element_text(face = "bold", colour = style$ink, size = 16, margin = g$margin(b = 10)),
    panel.grid.minor = g$element_blank(), panel.grid.major = g$element_line(colour = style$grid),
    plot.margin = g$margin(12, 14, 12, 12)
  ))
}

# A grey of ggplot2's own as the style has it: from ink for black to paper for white.
as_ink <- function(colour, style, other = colour) {
  if (!is.character(colour) || length(colour) != 1 || is.na(colour) || colour == "transparent") {
    return(colour)
  }
  parts <- grDevices::col2rgb(colour)[, 1]
  if (diff(range(parts)) > 8) other else mixed(style$ink, style$paper, mean(parts) / 255)
}

# A function of ggplot2 that makes a theme, in the style's colours. Themes are made of other themes:
# only what the program asked for itself is turned.
inked <- function(theme, style) {
  turned <- function(found) {
    depth <<- depth + 1
    on.exit(depth <<- depth - 1)
    elements <- unclass(found)
    if (depth > 1) {
      return(found)
    }
    for (name in names(elements)) {
      for (key in intersect(names(elements[[name]]), c("colour", "fill"))) {
        if (!is.null(elements[[name]][[key]])) elements[[name]][[key]] <- as_ink(elements[[name]][[key]], style)
      }
    }
    attributes(elements) <- attributes(found)
    elements
  }
  body(theme) <- bquote(.(turned)(.(body(theme))))
  theme
}
depth <- 0

dress_lattice <- function(style) {
  # What goes wrong within a panel ends the program as it does elsewhere; lattice would write it into the picture.
  lattice::lattice.options(panel.error = NULL)
  lattice::lattice.options(default.theme = function(...) {
    theme <- lattice::standard.theme("pdf", color = TRUE)
    first <- style$palette[1]
    for (part in c("superpose.symbol", "superpose.line", "superpose.polygon")) theme[[part]]$col <- style$palette
    theme$superpose.symbol$fill <- style$palette
    theme$superpose.symbol$pch <- 19
    theme$superpose.polygon$border <- theme$plot.polygon$border <- style$paper
    for (part in c("plot.symbol", "plot.line", "dot.symbol", "plot.polygon", "box.rectangle", "box.umbrella", "box.dot")) theme[[part]]$col <- first
    theme$plot.symbol$pch <- 19
    theme$plot.line$lwd <- 2
    for (part in c("axis.text", "add.text", "par.main.text", "par.xlab.text", "par.ylab.text", "par.zlab.text", "par.sub.text")) theme[[part]]$col <- style$ink
    for (part in c("axis.line", "strip.border", "box.3d")) theme[[part]]$col <- style$muted
    theme$background$col <- style$paper
    theme$strip.background$col <- mixed(style$paper, style$palette, 0.25)
    theme$dot.line$col <- theme$reference.line$col <- style$grid
    theme
  })
}
