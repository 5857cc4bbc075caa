# Where in the program a person would look for what R complains of.

# The statement of the program that was being run; rows of a srcref: line, byte, line, byte, column, column.
statement_of <- function(calls, number) {
  for (call in rev(as.list(calls))) {
    place <- attr(call, "srcref")
    if (!is.null(place) && identical(attr(place, "srcfile"), srcfile)) {
      return(as.integer(place))
    }
  }
  if (number > 0) references[[number]]
}

parsed <- function() {
  if (is.null(token_store$parsed)) token_store$parsed <- utils::getParseData(expressions)
  token_store$parsed
}

tokens <- function() {
  if (is.null(token_store$tokens)) token_store$tokens <- parsed()[parsed()$terminal, c("line1", "col1", "id", "parent", "token", "text")]
  token_store$tokens
}
token_store <- new.env()

within <- function(found, span) found[found$line1 >= span[1] & found$line1 <= span[3], ]

# The calls of functions in a stretch of the program, from where their names stand to their ends.
calls_within <- function(span) {
  all <- parsed()
  found <- within(tokens()[tokens()$token == "SYMBOL_FUNCTION_CALL", ], span)
  whole <- match(all$parent[match(found$parent, all$id)], all$id)
  data.frame(name = found$text, line1 = found$line1, col1 = found$col1, line2 = all$line2[whole], id = all$id[whole])
}

# The innermost call of the program that R was in, where it is written in the statement itself: a line of a long one.
call_at_work <- function(calls, span) {
  if (span[3] == span[1]) {
    return(NULL)
  }
  written <- calls_within(span)
  for (call in rev(as.list(calls))) {
    name <- if (is.name(call[[1]])) as.character(call[[1]]) else ""
    for (row in which(written$name == name)) {
      text <- utils::getParseText(parsed(), written$id[row])
      if (identical(call, tryCatch(str2lang(text), error = function(error) NULL))) {
        return(written[row, ])
      }
    }
  }
  NULL
}

# Which part of a ggplot a message speaks of, where it names no word of the program.
PARTS <- list(
  c("manual scale", "^scale_.*_manual$"),
  c("[Dd]iscrete values? supplied to (a )?continuous", "^scale_.*(continuous|gradient|viridis_c|distiller|log10|sqrt|reverse|binned|steps|fermenter|date)|^[xy]lim$"),
  c("[Cc]ontinuous values? supplied to (a )?discrete", "^scale_.*(discrete|manual|brewer|hue|grey|viridis_d)"),
  c("[Bb]reaks|labels|[Ll]imits|transform", "^scale_"),
  c("[Ff]acet|rows or cols", "^facet_"),
  c("palette", "^scale_.*(brewer|distiller|fermenter|viridis)"),
  c("coord_|coordinates", "^coord_"),
  c("theme", "^theme")
)

place_of_part <- function(text, span, aesthetics) {
  # A plot that is printed by its name was made in a statement before.
  written <- calls_within(if (span[3] > span[1]) span else c(1, 1, span[3]))
  for (one in PARTS) {
    if (!grepl(one[1], text)) next
    found <- written[grepl(one[2], written$name), ]
    theirs <- found[grepl(sprintf("^scale_(%s)_", paste(c(aesthetics, if ("colour" %in% aesthetics) "color"), collapse = "|")), found$name), ]
    if (nrow(theirs)) found <- theirs
    if (nrow(found)) {
      return(c(found$line1[nrow(found)], found$col1[nrow(found)]))
    }
  }
  NULL
}

# The aesthetics of the scale that a ggplot was drawing with, asked where the error is.
scale_at_work <- function() {
  for (frame in rev(sys.frames())) {
    self <- get0("self", frame, inherits = FALSE)
    if (inherits(self, "Scale")) {
      return(self$aesthetics)
    }
  }
  NULL
}

# Line and column of the word of a message that stands in the program.
place_of_words <- function(words, span, anywhere) {
  all <- tokens()
  bare <- gsub("^[\"'`]|[\"'`]$", "", all$text)
  for (reach in c("statement", if (anywhere) "program")) {
    for (word in words) {
      found <- all[bare == word & !all$token %in% c("COMMENT", "EQ_SUB", "','"), ]
      if (reach == "statement") found <- within(found, span)
      if (nrow(found)) {
        return(c(found$line1[1], found$col1[1]))
      }
    }
  }
  NULL
}

# Line and column of the n-th layer of a ggplot.
place_of_layer <- function(text, span) {
  number <- regmatches(text, regexec("in the ([0-9]+)(st|nd|rd|th) layer", text))[[1]]
  if (length(number) == 0) {
    return(NULL)
  }
  layers <- tokens()
  layers <- layers[layers$token == "SYMBOL_FUNCTION_CALL" & grepl("^(geom|stat|annotate)", layers$text), ]
  here <- within(layers, span)
  if (nrow(here) < as.integer(number[2])) here <- layers
  if (nrow(here) >= as.integer(number[2])) c(here$line1[as.integer(number[2])], here$col1[as.integer(number[2])])
}

place <- function(error, text, said, span, calls = NULL, aesthetics = NULL) {
  here <- c(span[1], span[5])
  words <- gsub("^[\"'`\u2018\u201c]|[\"'`\u2019\u201d]$", "", regmatches(text, gregexpr("['\"`\u2018\u201c][^'\"`\u2019\u201d]+['\"`\u2019\u201d]", text))[[1]])
  argument <- regmatches(text, regexec("unused arguments? \\(([A-Za-z0-9._]+)", text))[[1]]
  colour <- regmatches(text, regexec("(?:invalid color name|invalid RGB specification) ?'?([^']*)", text))[[1]]
  if (grepl("incorrect number of names", text)) words <- c(words, "names.arg")
  words <- sub("\\(\\)$", "", c(words, argument[-1], colour[-1]))
  lost <- grepl("invalid color name|invalid RGB|object '|could not find function|Can't find column|Unknown|not found", text)
  inner <- call_at_work(calls, span)
  found <- if (!is.null(inner)) place_of_words(words[nzchar(words)], c(inner$line1, inner$col1, inner$line2), anywhere = FALSE)
  if (is.null(found)) found <- place_of_words(words[nzchar(words)], span, anywhere = lost)
  if (is.null(found)) found <- place_of_layer(paste(said, collapse = " "), span)
  if (is.null(found)) found <- place_of_part(paste(said, collapse = " "), span, aesthetics)
  if (is.null(found) && !is.null(inner)) found <- c(inner$line1, inner$col1)
  call <- conditionCall(error)
  if (is.null(found) && is.call(call) && is.name(call[[1]]) && span[3] > span[1]) {
    found <- place_of_words(as.character(call[[1]]), span, anywhere = FALSE)
  }
  if (is.null(found)) here else found
}
