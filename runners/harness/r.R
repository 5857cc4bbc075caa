# Runs program.R; whatever it prints, plots or saves becomes a picture. Executed inside the sandbox.
# Started with the argument "standby" it prepares itself and waits for one line on stdin.

# Nothing of this is seen by the program: it has the global environment for itself.
local({
  standby <- identical(commandArgs(TRUE), "standby")
  here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)[1]))
  for (file in c("r_look.R", "r_pages.R", "r_places.R", "r_errors.R", "r_checks.R")) {
    sys.source(file.path(here, file), environment(), keep.source = FALSE)
  }
  # Loading ggplot2 takes longer than drawing with it, and the first plot longer than the next.
  rehearse <- function() {
    sheet <- tempfile(fileext = ".png")
    grDevices::png(sheet, type = "cairo")
    bars <- data.frame(name = c("a", "b"), sold = c(1, 2))
    plot <- ggplot2::ggplot(bars, ggplot2::aes(.data$name, .data$sold)) + ggplot2::geom_col() + ggplot2::geom_point() + ggplot2::labs(title = "a")
    print(plot)
    grDevices::recordPlot()
    grDevices::dev.off()
    file.remove(sheet)
    ggplot2::set_last_plot(NULL)
  }
  if (standby) {
    suppressWarnings(suppressPackageStartupMessages(if (requireNamespace("ggplot2", quietly = TRUE)) try(rehearse(), silent = TRUE)))
    cat("ready\n")
    flush(stdout())
    if (length(readLines(file("stdin"), n = 1)) == 0) quit(status = 0)
  }

  workspace <- getwd()
  wanted <- trimws(readLines("format", warn = FALSE)[1])
  style <- look_given()
  source_lines <- sub("^\ufeff", "", readLines("program.R", warn = FALSE, encoding = "UTF-8"))
  Encoding(source_lines) <- "UTF-8"
  files_before <- list.files(".", all.files = TRUE)

  palette(style$palette)
  dress_base(style)
  pages_listen()
  when_loaded("ggplot2", function() {
    dress_ggplot(style)
    stand_in("ggplot2", "ggsave", saved_by_ggsave())
  })
  when_loaded("lattice", function() dress_lattice(style))
  options(keep.source = TRUE, warn = 1, error = NULL, browser = "false", pager = "cat", menu.graphics = FALSE)

  # The program's quit() ends the program, not this script.
  for (name in c("quit", "q")) {
    stand_in("base", name, function(save = "default", status = 0, runLast = TRUE) {
      stop(structure(class = c("viscoder_quit", "condition"), list(message = "quit", call = NULL, status = status)))
    })
  }

  # Programs bring their packages themselves; here what is installed is all there is.
  stand_in("utils", "install.packages", function(...) invisible())

  srcfile <- srcfilecopy("program.R", source_lines)
  expressions <- tryCatch(
    parse(text = source_lines, keep.source = TRUE, srcfile = srcfile),
    error = function(error) fail_parsing(error)
  )
  references <- lapply(attr(expressions, "srcref"), as.integer)

  # What is being run, for the handlers to know.
  now <- 0
  calls <- NULL
  scale <- NULL
  warned <- list()
  last <- NULL

  run_all <- function() {
    for (number in seq_along(expressions)) {
      now <<- number
      shown <- withVisible(eval(without_tidyverse(expressions[[number]]), globalenv()))
      if (shown$visible) {
        if (isS4(shown$value)) methods::show(shown$value) else print(shown$value)
      }
      last <<- shown$value
    }
    # A plot that was made and forgotten is what was meant.
    if (!any_page() && inherits(last, c("ggplot", "trellis", "gtable", "recordedplot"))) show_last(last)
  }

  show_last <- function(value) {
    if (inherits(value, "gtable")) {
      grid::grid.newpage()
      grid::grid.draw(value)
    } else {
      print(value)
    }
  }

  without_tidyverse <- function(call) {
    asked <- is.call(call) && identical(call[[1]], quote(library)) && length(call) > 1 && as.character(call[[2]])[1] == "tidyverse"
    if (!asked || nzchar(system.file(package = "tidyverse"))) {
      return(call)
    }
    parts <- Filter(is_installed, c("ggplot2", "dplyr", "tidyr", "tibble", "readr", "purrr", "stringr", "forcats"))
    as.call(c(quote(`{`), lapply(parts, function(part) call("suppressPackageStartupMessages", call("library", as.name(part))))))
  }

  tryCatch(
    withCallingHandlers(
      run_all(),
      error = function(error) {
        calls <<- sys.calls()
        scale <<- scale_at_work()
      },
      warning = function(warning) warned[[length(warned) + 1]] <<- list(warning = warning, calls = sys.calls(), now = now)
    ),
    viscoder_quit = function(end) {
      if (!identical(as.integer(end$status), 0L)) fail(sprintf("the program ended with quit(status = %s)", format(end$status)), line = references[[now]][1])
    },
    error = function(error) fail_running(error)
  )
  setwd(workspace)
  finish_pages(wanted)
  collect_files(setdiff(list.files(".", all.files = TRUE), files_before))
  report(c(if (!length(list.files("out", pattern = "png$"))) nothing_drawn() else in_vain(), worth_telling(warned), beyond()))
})
