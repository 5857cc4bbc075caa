# Runs program.R; whatever it prints, plots or saves becomes a picture. Executed inside the sandbox.
# Started with the argument "standby" it prepares itself and waits for one line on stdin.

# Nothing of this is seen by the program: it has the global environment for itself.
local({
standby <- identical(commandArgs(TRUE), "standby")
# Loading ggplot2 takes longer than drawing with it.
if (standby) suppressWarnings(suppressPackageStartupMessages(requireNamespace("ggplot2", quietly = TRUE)))
if (standby) {
  cat("ready\n")
  flush(stdout())
  if (length(readLines(file("stdin"), n = 1)) == 0) quit(status = 0)
}

wanted <- trimws(readLines("format", warn = FALSE)[1])
width <- 8
height <- 5
dpi <- 130

.escaped <- function(text) {
  text <- gsub("\\", "\\\\", text, fixed = TRUE)
  text <- gsub("\"", "\\\"", text, fixed = TRUE)
  gsub("[[:cntrl:]]+", " ", text)
}

.finding <- function(message, line = NA, column = NA, hint = NA, severity = "error") {
  parts <- c(sprintf("\"message\": \"%s\"", .escaped(message)), sprintf("\"severity\": \"%s\"", severity))
  if (!is.na(line)) parts <- c(parts, sprintf("\"line\": %d", as.integer(line)))
  if (!is.na(column)) parts <- c(parts, sprintf("\"column\": %d", as.integer(column)))
  if (!is.na(hint)) parts <- c(parts, sprintf("\"hint\": \"%s\"", .escaped(hint)))
  sprintf("{%s}", paste(parts, collapse = ", "))
}

.report <- function(findings) {
  writeLines(sprintf("[%s]", paste(findings, collapse = ", ")), "findings.json", useBytes = TRUE)
}

.fail <- function(...) {
  .report(.finding(...))
  message(..1)
  quit(status = 1)
}

.nearest <- function(name, among) {
  among <- setdiff(unique(among), name)
  if (length(among) == 0) return(NA)
  distance <- adist(name, among, ignore.case = TRUE)[1, ]
  if (min(distance) <= max(1, nchar(name) %/% 3)) among[which.min(distance)] else NA
}

.common <- c(
  "plot", "lines", "points", "barplot", "hist", "boxplot", "pie", "curve", "abline", "legend", "text", "axis", "title", "par",
  "length", "mean", "median", "sum", "max", "min", "range", "seq", "rep", "rnorm", "runif", "sample", "paste", "data.frame",
  "factor", "matrix", "apply", "sapply", "lapply", "table", "read.csv", "library", "ggplot", "aes", "geom_point", "geom_line",
  "geom_bar", "geom_col", "geom_histogram", "geom_boxplot", "geom_smooth", "geom_text", "facet_wrap", "labs", "theme",
  "theme_minimal", "theme_bw", "scale_x_continuous", "scale_y_continuous", "coord_flip", "xlab", "ylab", "ggtitle", "mtcars", "iris"
)

.look <- function() {
  style <- NULL
  if (file.exists("style") && requireNamespace("jsonlite", quietly = TRUE)) style <- jsonlite::fromJSON("style")
  if (is.null(style)) style <- list(palette = c("#4c78a8", "#f58518", "#54a24b", "#e45756", "#72b7b2", "#eeca3b", "#b279a2", "#ff9da6", "#9d755d", "#8a8f98"), paper = "#ffffff", ink = "#333333", muted = "#8a8f98", grid = "#e6e8eb", font = "sans")
  palette(style$palette)
  # The look of ggplot2 where a program says nothing: set when it is loaded, by whomever.
  setHook(packageEvent("ggplot2", "onLoad"), function(...) .style_ggplot(style))
  if ("ggplot2" %in% loadedNamespaces()) .style_ggplot(style)
  style
}

.style_ggplot <- function(style) {
  g <- asNamespace("ggplot2")
  options(
    ggplot2.discrete.colour = style$palette, ggplot2.discrete.fill = style$palette,
    ggplot2.continuous.colour = "viridis", ggplot2.continuous.fill = "viridis"
  )
  g$update_geom_defaults("bar", list(fill = style$palette[1]))
  g$update_geom_defaults("col", list(fill = style$palette[1]))
  text <- g$element_text(colour = style$ink)
  g$theme_set(g$theme_minimal(base_size = 12) + g$theme(
    text = text, axis.text = g$element_text(colour = style$muted), plot.title = g$element_text(face = "bold", colour = style$ink),
    panel.grid.minor = g$element_blank(), panel.grid.major = g$element_line(colour = style$grid),
    plot.background = g$element_rect(fill = style$paper, colour = NA)
  ))
}

.open <- function(paper) {
  grDevices::png("out/%02d.png", width = width * dpi, height = height * dpi, res = dpi, type = "cairo", bg = paper)
  dev.control(displaylist = "enable")
}

.save_as_wanted <- function() {
  # A vector picture is the same drawing, played again on another device.
  if (!wanted %in% c("svg", "pdf") || length(.drawn) == 0) return(invisible())
  for (number in seq_along(.drawn)) {
    name <- sprintf("out/%02d.%s", number, wanted)
    if (wanted == "svg") grDevices::svg(name, width = width, height = height, bg = .style$paper)
    else grDevices::cairo_pdf(name, width = width, height = height, bg = .style$paper)
    try(replayPlot(.drawn[[number]]), silent = TRUE)
    dev.off()
  }
}

.parse_failed <- function(error) {
  text <- conditionMessage(error)
  place <- regmatches(text, regexec("<text>:([0-9]+):([0-9]+): ([^\n]*)", text))[[1]]
  if (length(place) != 4) .fail(strsplit(text, "\n")[[1]][1])
  hint <- NA
  if (grepl("unexpected (end of input|symbol|string|numeric|input|INCOMPLETE)", place[4])) hint <- "look for a missing comma, bracket or quote here or in the line above"
  if (place[4] %in% c("unexpected ')'", "unexpected '}'", "unexpected ']'")) hint <- "a bracket too many, or a comma before it"
  if (grepl("unexpected 'else'", place[4])) hint <- "put else on the line of the closing brace"
  line <- as.integer(place[2])
  lines <- length(source_lines)
  .fail(place[4], line = min(line, lines), column = as.integer(place[3]), hint = hint)
}

.run_failed <- function(error, line) {
  text <- conditionMessage(error)
  text <- paste(strsplit(text, "\n")[[1]], collapse = " ")
  # What rlang wraps says where; what it wraps says what.
  parent <- error$parent
  while (!is.null(parent)) {
    text <- paste(strsplit(conditionMessage(parent), "\n")[[1]], collapse = " ")
    parent <- parent$parent
  }
  hint <- NA
  unknown <- regmatches(text, regexec("object '([^']+)' not found|could not find function \"([^\"]+)\"", text))[[1]]
  if (length(unknown) == 3) {
    name <- paste0(unknown[2], unknown[3])
    # Within a function R says which call failed, not which line: the name does.
    places <- grep(sprintf("(^|[^A-Za-z0-9._])%s([^A-Za-z0-9._]|$)", gsub(".", "\\.", name, fixed = TRUE)), source_lines)
    if (length(places) > 0 && !line %in% places) line <- places[1]
    words <- unique(unlist(regmatches(source_lines, gregexpr("[A-Za-z][A-Za-z0-9._]*", source_lines))))
    frames <- Filter(is.data.frame, lapply(words[vapply(words, exists, NA)], get))
    everything <- unlist(lapply(search(), function(where) ls(where)))
    if ("ggplot2" %in% loadedNamespaces()) everything <- c(everything, getNamespaceExports("ggplot2"))
    # What is likeliest first: columns of the data, what the program made, what everybody uses.
    for (known in list(unlist(lapply(frames, names)), ls(globalenv()), .common, everything)) {
      near <- .nearest(name, known)
      if (!is.na(near)) {
        hint <- sprintf("did you mean %s?", near)
        break
      }
    }
  }
  absent <- regmatches(text, regexec("there is no package called .([A-Za-z0-9.]+).", text))[[1]]
  if (length(absent) == 2) hint <- sprintf("do without it, or: apt install r-cran-%s", tolower(absent[2]))
  .fail(text, line = line, hint = hint)
}

source_lines <- readLines("program.R", warn = FALSE, encoding = "UTF-8")
.style <- .look()
.drawn <- list()
.open(.style$paper)
par(bg = .style$paper, fg = .style$ink, col.axis = .style$muted, col.lab = .style$ink, col.main = .style$ink)
setHook("before.plot.new", function(...) .keep())
setHook("before.grid.newpage", function(...) .keep())
.started <- FALSE
.keep <- function() {
  if (.started) .drawn[[length(.drawn) + 1]] <<- recordPlot()
  .started <<- TRUE
}

options(keep.source = TRUE, warn = 1, device = function(...) .open(.style$paper), error = NULL, browser = "false", pager = "cat")
expressions <- tryCatch(
  {
    parsed <- parse(text = source_lines, keep.source = TRUE)
    attr(attr(parsed, "srcfile"), "filename") <- "program.R"
    parsed
  },
  error = .parse_failed
)
references <- attr(expressions, "srcref")
for (number in seq_along(expressions)) {
  line <- as.integer(references[[number]])[1]
  failed_at <- line
  tryCatch(
    withCallingHandlers(
      {
        shown <- withVisible(eval(expressions[[number]], globalenv()))
        if (shown$visible) print(shown$value)
      },
      error = function(error) {
        call <- conditionCall(error)
        span <- as.integer(references[[number]])
        if (!is.null(call) && span[3] > span[1]) {
          # The call stands in one of the lines of this expression.
          words <- all.names(call)[1]
          inside <- source_lines[span[1]:span[3]]
          at <- grep(words, inside, fixed = TRUE)
          if (length(at) > 0) failed_at <<- span[1] + at[1] - 1
        }
      }
    ),
    error = function(error) .run_failed(error, failed_at)
  )
}
if (.started) .drawn[[length(.drawn) + 1]] <- recordPlot()
graphics.off()
.save_as_wanted()

# What the program saved itself.
for (path in sort(list.files(".", pattern = "\\.(png|svg|pdf)$", ignore.case = TRUE))) {
  if (path == "Rplots.pdf") next
  kept <- length(list.files("out", pattern = "\\.png$"))
  if (grepl("\\.png$", path, ignore.case = TRUE)) file.copy(path, sprintf("out/%02d.png", kept + 1))
}
})
