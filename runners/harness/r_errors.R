# What went wrong, said at the line where a person would look, with a hint where there is one.

escaped <- function(text) {
  text <- gsub("\\", "\\\\", enc2utf8(text), fixed = TRUE)
  gsub("[[:cntrl:]]+", " ", gsub("\"", "\\\"", text, fixed = TRUE))
}

finding <- function(message, line = NA, column = NA, hint = NA, severity = "error") {
  parts <- sprintf("\"message\": \"%s\", \"severity\": \"%s\"", escaped(message), severity)
  number <- function(name, value) if (length(value) == 1 && !is.na(value)) sprintf("\"%s\": %d", name, as.integer(value))
  hinted <- if (length(hint) == 1 && !is.na(hint)) sprintf("\"hint\": \"%s\"", escaped(hint))
  sprintf("{%s}", paste(c(parts, number("line", line), number("column", column), hinted), collapse = ", "))
}

report <- function(findings) {
  writeLines(sprintf("[%s]", paste(findings, collapse = ", ")), file.path(workspace, "findings.json"), useBytes = TRUE)
}

end_process <- base::quit

fail <- function(message, ...) {
  report(c(finding(message, ...), worth_telling(get0("warned", ifnotfound = list()))))
  cat("Error: ", message, "\n", sep = "", file = stderr())
  end_process("no", status = 1)
}

is_installed <- function(package) nzchar(system.file(package = package))

installed <- function() {
  Filter(is_installed, c("ggplot2", "lattice", "grid", "dplyr", "tidyr", "scales", "patchwork", "ggrepel", "gridExtra", "viridisLite", "RColorBrewer", "MASS"))
}

near <- function(name, among) {
  among <- setdiff(unique(among), c(name, ""))
  if (length(among) == 0 || nchar(name) < 2) {
    return(NULL)
  }
  distance <- utils::adist(name, among, ignore.case = TRUE)[1, ]
  # Two letters the wrong way round are one slip of the fingers, which counts as two changes there.
  letters_of <- function(word) paste(sort(strsplit(tolower(word), "")[[1]]), collapse = "")
  swapped <- distance == 2 & vapply(among, letters_of, "") == letters_of(name)
  distance[swapped] <- 1
  if (min(distance) <= max(1, nchar(name) %/% 3)) among[which.min(distance)]
}

meant <- function(name) if (is.null(name)) NA else sprintf("did you mean %s?", name)

# What everybody uses: likelier than a rare function that is spelt as near.
COMMON <- c(
  "plot", "lines", "points", "barplot", "hist", "boxplot", "pie", "curve", "abline", "legend", "text", "axis", "title", "par", "layout",
  "length", "mean", "median", "sum", "max", "min", "range", "seq", "rep", "rnorm", "runif", "sample", "paste", "data.frame", "factor",
  "matrix", "apply", "sapply", "lapply", "table", "read.csv", "library", "print", "round", "cumsum", "sqrt", "ggplot", "aes", "geom_point",
  "geom_line", "geom_bar", "geom_col", "geom_histogram", "geom_boxplot", "geom_smooth", "geom_text", "facet_wrap", "labs", "theme",
  "theme_minimal", "theme_bw", "scale_x_continuous", "scale_y_continuous", "coord_flip", "xlab", "ylab", "ggtitle", "mtcars", "iris"
)

fail_parsing <- function(error) {
  said <- strsplit(conditionMessage(error), "\n")[[1]]
  place <- regmatches(said[1], regexec("^[^:]*:([0-9]+):([0-9]+): (.*)$", said[1]))[[1]]
  if (length(place) != 4) fail(said[1])
  line <- as.integer(place[2])
  column <- as.integer(place[3])
  if (grepl("unexpected end of input|unexpected INCOMPLETE_STRING", place[4])) {
    open <- left_open()
    if (!is.null(open)) fail(place[4], line = open$line, column = open$column, hint = sprintf("the %s here is never closed", open$what))
  }
  hint <- if (grepl("unexpected ['\"]?[])}]", place[4])) {
    "a bracket too many, or a comma before it"
  } else if (grepl("unexpected 'else'", place[4])) {
    "put else on the line of the closing brace"
  } else if (grepl("unexpected (input|'[\\]|invalid token)", place[4])) {
    "a character that R does not know here"
  } else if (grepl("unexpected '[+*/^=,]|unexpected SPECIAL|unexpected assignment", place[4])) {
    "an operator goes at the end of a line, not at its beginning; look for what is missing before it"
  } else if (!is.null(open <- left_open(source_lines[seq_len(line - 1)])) && open$what != "{") {
    sprintf("look for a missing comma or bracket: the %s of line %d is still open", open$what, open$line)
  } else {
    "look for a missing comma, operator or bracket here or in the line above"
  }
  fail(place[4], line = min(line, length(source_lines)), column = column, hint = hint)
}

# The last bracket or quote that is opened and never closed.
left_open <- function(lines = source_lines) {
  stack <- list()
  quote <- ""
  for (line in seq_along(lines)) {
    letters <- strsplit(lines[line], "")[[1]]
    at <- 0
    while (at < length(letters)) {
      at <- at + 1
      letter <- letters[at]
      if (nzchar(quote)) {
        if (letter == "\\" && quote != "`") at <- at + 1
        else if (letter == quote) {
          quote <- ""
          stack <- stack[-length(stack)]
        }
      } else if (letter == "#") {
        break
      } else if (letter %in% c("\"", "'", "`", "(", "[", "{")) {
        if (letter %in% c("\"", "'", "`")) quote <- letter
        stack[[length(stack) + 1]] <- list(line = line, column = at, what = letter)
      } else if (letter %in% c(")", "]", "}") && length(stack)) {
        stack <- stack[-length(stack)]
      }
    }
  }
  if (length(stack)) stack[[length(stack)]]
}

one_line <- function(text) gsub("\\s*\n\\s*([\u2716\u2139\u2022!x*i>]\\s+)?", "; ", trimws(text))

# Messages from the outermost condition to the one that it was caused by.
messages_of <- function(error) {
  said <- character()
  while (inherits(error, "condition")) {
    said <- c(said, one_line(gsub("\033\\[[0-9;]*m", "", conditionMessage(error))))
    error <- if (is.list(error)) unclass(error)$parent
  }
  said
}

fail_running <- function(error) {
  said <- messages_of(error)
  text <- said[length(said)]
  if (grepl("cannot open the connection", text, fixed = TRUE) && length(warned)) {
    text <- conditionMessage(warned[[length(warned)]]$warning)
  }
  span <- statement_of(calls, now)
  at <- place(error, text, said, span, calls, scale)
  faceted <- part("object '([^']+)' not found", text)
  if (!is.null(faceted) && grepl(sprintf("facet_(wrap|grid)\\(\\s*%s\\b", faceted), source_lines[at[1]])) {
    hint <- sprintf("a facet's column stands behind ~, or in vars(): facet_wrap(~ %s)", faceted)
  } else {
    hint <- hint_for(text, error)
  }
  fail(text, line = at[1], column = at[2], hint = hint)
}

frames <- function() {
  found <- Filter(is.data.frame, lapply(ls(globalenv()), get, envir = globalenv()))
  data <- intersect(tokens()$text, c("mtcars", "iris", "airquality", "ToothGrowth", "diamonds", "mpg", "economics", "cars", "faithful", "PlantGrowth", "women", "chickwts"))
  c(found, Filter(is.data.frame, lapply(data, function(name) get0(name, envir = globalenv()))))
}

files_here <- function() {
  there <- setdiff(files_before, c("program.R", "format", "style", "out", ".", ".."))
  if (length(there)) sprintf("the files here are %s", paste(there, collapse = ", ")) else "there is no data file here"
}

exports_of <- function(package) tryCatch(getNamespaceExports(package), error = function(error) character())

# What mends a message of R or of a package, by a pattern of it.
REMEDIES <- list(
  c("cannot open URL|resolve host|connect to|internet", "there is no network: write the data into the program"),
  c("\\$ operator is invalid for atomic vectors", "this is a vector, not a list or data frame: take its element with [\"name\"]"),
  c("'x' and 'y' lengths differ|arguments imply differing number of rows|must be length|replacement has", "give all vectors the same length"),
  c("non-numeric argument|must be numeric|non-numeric", "convert text with as.numeric() first"),
  c("subscript out of bounds", "there are fewer elements, or the name is another: see length() and names()"),
  c("non-conformable", "for a matrix product the columns of the first are the rows of the second; t() turns one around"),
  c("Discrete value supplied to continuous|continuous value supplied to discrete", "a factor or text needs a discrete scale, numbers a continuous one"),
  c("figure margins too large", "make the margins smaller: par(mar = c(4, 4, 2, 1))"),
  c("must only have an x or y aesthetic|must not be used with a y aesthetic", "geom_col() draws values that are there; geom_bar() counts rows"),
  c("[Ii]nsufficient values in manual scale", "give one value for each group"),
  c("incorrect number of names", "give as many names as there are bars"),
  c("requires the following missing aesthetics", "give it in aes(), or take a geom that does without"),
  c("should be one of", "take one of the words that are listed"),
  c("plot type '.*' will be truncated|invalid plot type", "type is \"l\" for lines, \"p\" for points, \"b\" for both, \"h\" for needles"),
  c("plot.new has not been called", "call plot() before lines(), points(), text() or legend()"),
  c("missing value where TRUE/FALSE needed", "a condition is NA: test with is.na() first"),
  c("infinite recursion|nested too deeply|C stack", "a function calls itself without an end"),
  c("attempt to apply non-function", "there is a bracket after something that is no function, or an operator is missing before it"),
  c("argument .* is missing, with no default", "give this argument a value"),
  c("on a new line|with a single argument", "put the + at the end of the line before"),
  c("the condition has length > 1", "use ifelse() or any() for a whole vector")
)

GEOMS <- c("point", "line", "path", "bar", "col", "histogram", "density", "boxplot", "violin", "area", "ribbon", "text", "label", "segment", "curve", "rect", "tile", "raster", "hline", "vline", "abline", "smooth", "errorbar", "pointrange", "step", "jitter", "polygon")
AESTHETICS <- c("colour", "color", "fill", "size", "shape", "linetype", "linewidth", "alpha", "width", "height", "label", "group", "hjust", "vjust", "angle", "family", "fontface", "position", "stat", "bins", "binwidth", "method", "xintercept", "yintercept", "slope", "intercept", "show.legend", "outlier.colour", "notch", "xmin", "xmax", "ymin", "ymax", "xend", "yend")

# What the parentheses of a pattern found in a text, or NULL.
part <- function(pattern, text) {
  found <- regmatches(text, regexec(pattern, text))[[1]]
  if (length(found) > 1) found[2]
}

hint_for <- function(text, error) {
  if (!is.null(name <- part("could not find function \"([^\"]+)\"", text))) return(hint_for_function(name))
  if (!is.null(name <- part("object '([^']+)' not found", text))) return(hint_for_object(name))
  if (!is.null(name <- part("unused arguments? \\(([A-Za-z0-9._]+) =", text))) return(hint_for_argument(name, conditionCall(error)))
  if (!is.null(name <- part("'([^']+)' is not an exported object from", text))) {
    return(meant(near(name, exports_of(part("namespace:([A-Za-z0-9.]+)", text)))))
  }
  if (!is.null(name <- part("invalid color name '([^']+)'", text))) return(meant(near(name, grDevices::colors())))
  if (grepl("undefined columns selected|Can't (subset|select) columns|replacement has 0 rows|Column .* (not found|is unknown)|not defined in the formula", text)) {
    return(columns_here())
  }
  if (grepl("there is no package called", text)) {
    return(sprintf("do without it: the packages here are %s", paste(installed(), collapse = ", ")))
  }
  if (grepl("cannot open (file|compressed)", text)) return(files_here())
  if (!is.null(name <- part("[Uu]nknown palette:? ['\"]?(\\w+)", text))) return(meant(near(name, if (is_installed("RColorBrewer")) rownames(RColorBrewer::brewer.pal.info))))
  if (!is.null(name <- part("Can't find (?:geom|stat|position) called [\"'\u201c`]([A-Za-z_]+)", text))) return(meant(near(name, c(GEOMS, "identity", "count", "bin", "dodge", "fill"))))
  if (!is.null(name <- part("The `([a-z._]+)` theme element", text))) return(meant(near(name, names(formals(ggplot2::theme)))))
  if (!is.null(name <- part("Ignoring unknown (?:parameters|aesthetics): ?`?(\\w+)", text))) return(meant(near(name, AESTHETICS)))
  for (one in REMEDIES) if (grepl(one[1], text)) return(one[2])
  NA
}

attached <- function() unlist(lapply(search(), ls))

hint_for_function <- function(name) {
  if (name %in% c("%>%", "%<>%")) return("library(dplyr) brings %>%; |> needs no package")
  for (package in setdiff(installed(), sub("package:", "", search()))) {
    if (name %in% exports_of(package)) return(sprintf("library(%s) brings it", package))
  }
  close <- nearest_of(name, c(ls(globalenv()), COMMON), c(attached(), exports_of("ggplot2")))
  if (is.null(close)) "define it first, or load the package that brings it" else meant(close)
}

hint_for_object <- function(name) {
  close <- nearest_of(name, c(ls(globalenv()), unlist(lapply(frames(), names))), COMMON, attached())
  if (is.null(close)) columns_here() else meant(close)
}

hint_for_argument <- function(name, call) {
  known <- if (is.call(call)) tryCatch(setdiff(names(formals(eval(call[[1]], globalenv()))), "..."), error = function(error) NULL)
  close <- near(name, known)
  if (!is.null(close)) return(meant(close))
  if (length(known)) sprintf("its arguments are %s", paste(utils::head(known, 12), collapse = ", ")) else NA
}

# The nearest name of the first group that has one: likelier groups come first.
nearest_of <- function(name, ...) {
  for (among in list(...)) if (!is.null(close <- near(name, among))) return(close)
  NULL
}

columns_here <- function() {
  columns <- unique(unlist(lapply(frames(), names)))
  if (length(columns)) sprintf("the columns are %s", paste(utils::head(columns, 20), collapse = ", ")) else NA
}

# The warnings of the program that say something about its picture, three at most.
worth_telling <- function(warned) {
  told <- character()
  for (one in warned) {
    text <- one_line(conditionMessage(one$warning))
    if (inherits(one$warning, "lifecycle_warning_deprecated") || grepl("was built under R|deprecated|font (width|metric)|incomplete final line", text)) next
    span <- statement_of(one$calls, one$now)
    at <- place(one$warning, text, text, span, one$calls)
    parameter <- regmatches(text, regexec("\"([^\"]+)\" is not a graphical parameter", text))[[1]]
    hint <- if (length(parameter) == 2 && parameter[2] %in% c("colour", "color")) "did you mean col?" else if (length(parameter) == 2) meant(near(parameter[2], c(names(graphics::par(no.readonly = FALSE)), "main", "sub", "xlab", "ylab", "xlim", "ylim", "type"))) else hint_for(text, one$warning)
    told <- c(told, finding(text, line = at[1], column = at[2], hint = hint, severity = "warning"))
  }
  utils::head(unique(told), 3)
}
