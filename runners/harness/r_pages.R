# The pages that a program draws, in their order: on the device of this run or on one it opens itself.
# Every device is one of ours, so that all are drawn alike and can be stored in each format.

DPI <- 150
SIZE <- c(8, 5)
MOST_PAGES <- 20

pages <- list()
drawn <- 0
devices <- list()
saving <- NULL
real <- lapply(c(png = "png", svg = "svg", cairo_pdf = "cairo_pdf", dev.off = "dev.off", dev.copy = "dev.copy"), get, asNamespace("grDevices"))

any_page <- function() length(pages) > 0 || length(devices) > 0 && any(vapply(names(devices), has_drawn, NA))

open_page_device <- function(size = SIZE, dpi = DPI, bg = style$paper, pointsize = 12, family = style$font, name = "") {
  folder <- file.path(workspace, ".pages")
  dir.create(folder, showWarnings = FALSE)
  dpi <- max(dpi, min(DPI, sqrt(8e6 / prod(size))))
  stem <- file.path(folder, sprintf("%03d", length(list.files(folder)) + length(devices) + 1))
  while (length(Sys.glob(paste0(stem, "-*"))) || stem %in% vapply(devices, `[[`, "", "stem")) stem <- paste0(stem, "x")
  real$png(paste0(stem, "-%03d.png"), width = round(size[1] * dpi), height = round(size[2] * dpi), res = dpi, type = "cairo", bg = bg, pointsize = pointsize, family = family)
  grDevices::dev.control(displaylist = "enable")
  number <- as.character(grDevices::dev.cur())
  devices[[number]] <<- list(stem = stem, size = size, bg = bg, pointsize = pointsize, family = family, name = name, count = 0)
  dress_device(style)
  if (!identical(bg, style$paper)) graphics::par(bg = bg)
}

# Arguments that the program gave a device function of grDevices, as inches.
open_for <- function(given, pixels) {
  value <- function(name, default) {
    if (!exists(name, envir = given, inherits = FALSE) || eval(call("missing", as.name(name)), given)) default else get(name, envir = given)
  }
  units <- if (pixels) value("units", "px")[1] else "in"
  dpi <- if (pixels) value("res", NA) else NA
  if (is.na(dpi)) dpi <- 72
  size <- c(value("width", NA), value("height", NA))
  if (all(is.na(size))) {
    size <- SIZE
  } else {
    size[is.na(size)] <- if (pixels) 480 else 7
    size <- size / switch(units, px = dpi, "in" = 1, cm = 2.54, mm = 25.4, stop(sprintf("'units' should be px, in, cm or mm, not %s", units), call. = FALSE))
  }
  if (!is.numeric(size) || any(size <= 0)) stop("invalid 'width' or 'height'", call. = FALSE)
  bg <- value("bg", style$paper)
  if (identical(bg, "transparent")) bg <- style$paper
  name <- value(if (exists("filename", envir = given, inherits = FALSE)) "filename" else "file", "")
  open_page_device(size, dpi, bg, value("pointsize", 12), value("family", style$font), if (is.character(name)) name else "")
}

pages_listen <- function() {
  grDevices::graphics.off()
  for (name in c("png", "jpeg", "tiff", "bmp", "svg", "pdf", "cairo_pdf", "cairo_ps", "postscript", "xfig", "x11", "X11")) {
    if (!exists(name, asNamespace("grDevices"))) next
    made <- get(name, asNamespace("grDevices"))
    body(made) <- bquote(invisible(.(open_for)(environment(), .(name %in% c("png", "jpeg", "tiff", "bmp")))))
    stand_in("grDevices", name, made)
  }
  stand_in("grDevices", "dev.off", function(which = dev.cur()) invisible(close_device(which)))
  stand_in("grDevices", "dev.copy", function(...) {
    result <- real$dev.copy(...)
    number <- as.character(grDevices::dev.cur())
    if (!is.null(devices[[number]])) devices[[number]]$copied <<- TRUE  # a picture that there is already
    invisible(result)
  })
  stand_in("grDevices", "graphics.off", function() {
    for (number in names(devices)) close_device(as.integer(number))
    invisible()
  })
  options(device = function(width = SIZE[1], height = SIZE[2], ...) open_page_device(c(width, height)))
  setHook("before.plot.new", function(...) turn_page(base = TRUE), "append")
  setHook("before.grid.newpage", function(...) turn_page(base = FALSE), "append")
  # What the program draws by grid itself is in ink too.
  if (style$given) {
    setHook("grid.newpage", function(...) {
      by <- vapply(seq_len(sys.nframe()), function(frame) environmentName(environment(sys.function(frame))), "")
      if (!any(c("ggplot2", "lattice", "patchwork", "gridExtra") %in% by)) grid::pushViewport(grid::viewport(gp = grid::gpar(col = style$ink)))
    }, "append")
  }
}

# Called just before a page begins; a panel of a page that has begun is none.
turn_page <- function(base) {
  if (grDevices::dev.cur() == 1) open_page_device()
  number <- as.character(grDevices::dev.cur())
  device <- devices[[number]]
  if (is.null(device)) {
    return()
  }
  if (base && (!graphics::par("page") || graphics::par("new")) && device$count > 0) {
    return()
  }
  keep_page(number)
  add_page(number, plot_at_work())
}

add_page <- function(number, plot = NULL) {
  device <- devices[[number]]
  devices[[number]]$count <<- device$count + 1
  page <- list(device = device, number = device$count + 1, plot = plot, saved = !is.null(saving), snapshot = NULL, words = character(), shown = TRUE)
  at <- length(pages) + 1
  for (earlier in seq_along(pages)) {
    other <- pages[[earlier]]
    same_plot <- !is.null(plot) && identical(plot, other$plot)
    stem <- tools::file_path_sans_ext(device$name)
    same_file <- nzchar(stem) && identical(stem, tools::file_path_sans_ext(other$device$name)) && page$number == other$number && device$stem != other$device$stem
    if (!other$shown || !(same_plot || same_file)) next
    # The same plot once: as it was saved, if it was.
    if (same_plot && !(page$saved && !other$saved)) page$shown <- FALSE else pages[[earlier]]$shown <<- FALSE
    if (page$shown) page$place <- if (is.null(other$place)) earlier else other$place
  }
  pages[[at]] <<- page
  devices[[number]]$page <<- at
}

# The plot that is being printed, if it is an object.
plot_at_work <- function() {
  if (!is.null(saving)) {
    return(saving)
  }
  for (frame in rev(seq_len(sys.nframe()))) {
    made_by <- environmentName(environment(sys.function(frame)))
    if (made_by %in% c("ggplot2", "patchwork") && identical(names(formals(sys.function(frame)))[1], "x")) {
      x <- get("x", envir = sys.frame(frame))
      if (inherits(x, "ggplot")) {
        return(x)
      }
    }
  }
  NULL
}

# Keeps the drawing of a device's page, to be played again in another format.
keep_page <- function(number) {
  if (!has_drawn(number) || devices[[number]]$count == 0 && isTRUE(devices[[number]]$copied)) {
    return()
  }
  if (devices[[number]]$count == 0) {
    add_page(number)
    pages[[length(pages)]]$by_grid_alone <<- TRUE
  }
  at <- devices[[number]]$page
  if (at > 3 * MOST_PAGES) {
    return()
  }
  current <- grDevices::dev.cur()
  grDevices::dev.set(as.integer(number))
  pages[[at]]$snapshot <<- grDevices::recordPlot()
  pages[[at]]$words <<- drawn_words(pages[[at]]$snapshot)
  grDevices::dev.set(current)
}

operation <- function(entry) {
  name <- tryCatch(entry[[2]][[1]]$name, error = function(error) NULL)
  if (is.character(name)) name else ""
}

has_drawn <- function(number) {
  current <- grDevices::dev.cur()
  grDevices::dev.set(as.integer(number))
  on.exit(grDevices::dev.set(current))
  done <- vapply(as.list(grDevices::recordPlot()[[1]]), operation, "")
  any(!done %in% c("C_layout", "C_par", "palette", "palette2"))
}

drawn_words <- function(snapshot) {
  found <- list()
  for (entry in as.list(snapshot[[1]])) {
    arguments <- as.list(entry[[2]])[-1]
    said <- switch(operation(entry), C_title = arguments[1:4], C_text = arguments[2], C_mtext = arguments[1], C_axis = arguments[3])
    found <- c(found, Filter(is.character, said))
  }
  if ("grid" %in% loadedNamespaces()) {
    drawn <- tryCatch(get("grid.Call", asNamespace("grid"))(get("C_getDisplayList", asNamespace("grid"))), error = function(error) list())
    found <- c(found, labels_in(drawn))
  }
  unlist(found, use.names = FALSE)
}

labels_in <- function(thing, depth = 0) {
  if (depth > 40 || !is.list(thing)) {
    return(list())
  }
  own <- if (inherits(thing, "text")) Filter(length, list(tryCatch(as.character(thing$label), error = function(error) NULL)))
  inner <- if (inherits(thing, "grob")) c(thing$children, thing$grobs) else if (!is.object(thing)) thing
  c(own, do.call(c, lapply(Filter(is.list, as.list(inner)), labels_in, depth + 1)))
}

close_device <- function(which) {
  number <- as.character(which)
  if (which == 1) {
    return(c("null device" = 1L))
  }
  device <- devices[[number]]
  if (!is.null(device)) keep_page(number)
  devices[[number]] <<- NULL
  result <- real$dev.off(which)
  # A program may read again what it saved.
  first <- sprintf("%s-%03d.png", device$stem, 1)
  if (!is.null(device) && grepl("\\.(png|jpe?g)$", device$name, ignore.case = TRUE) && file.exists(first)) {
    name <- suppressWarnings(sprintf(device$name, 1L))
    if (suppressWarnings(file.copy(first, name, overwrite = TRUE))) claimed <<- c(claimed, basename(name))
  }
  result
}

claimed <- character()

# ggsave() with its own arguments, drawing to a page.
saved_by_ggsave <- function() {
  made <- ggplot2::ggsave
  body(made) <- bquote({
    .(function(filename, plot, scale, width, height, units, dpi, limitsize, bg, path) {
      ending <- tolower(tools::file_ext(filename))
      if (!ending %in% c("png", "svg", "pdf", "jpg", "jpeg", "tif", "tiff", "bmp", "eps", "ps")) stop(sprintf("Unknown graphics device '%s': a file's name ends with .png, .svg or .pdf", ending), call. = FALSE)
      if (is.character(dpi)) dpi <- switch(dpi, screen = 72, print = 300, retina = 320, 300)
      size <- c(width, height) * scale / switch(units, "in" = 1, cm = 2.54, mm = 25.4, px = dpi)
      size[is.na(size)] <- SIZE[is.na(size)]
      if (limitsize && any(size >= 50)) stop(sprintf("Dimensions exceed 50 inches (%g by %g): units are inches unless units = \"px\" or \"cm\" is said", size[1], size[2]), call. = FALSE)
      if (is.null(plot)) stop("there is no plot to save yet", call. = FALSE)
      previous <- grDevices::dev.cur()
      open_page_device(size, min(dpi, 200), if (is.null(bg) || identical(bg, "transparent")) style$paper else bg, name = if (is.null(path)) filename else file.path(path, filename))
      number <- grDevices::dev.cur()
      saving <<- plot
      on.exit({
        saving <<- NULL
        close_device(number)
        if (previous > 1) grDevices::dev.set(previous)
      })
      if (inherits(plot, "ggplot") || !inherits(plot, "grob")) print(plot) else {
        grid::grid.newpage()
        grid::grid.draw(plot)
      }
      invisible(filename)
    })(filename, plot, scale, width, height, match.arg(units), dpi, limitsize, bg, path)
  })
  made
}

# All pages into the folder "out": as png, and in the wanted format.
finish_pages <- function(wanted) {
  for (number in names(devices)) close_device(as.integer(number))
  kept <- Filter(function(page) page$shown && file.exists(file_of(page)), pages[order(vapply(seq_along(pages), place_of, 0))])
  drawn <<- length(kept)
  kept <- kept[seq_len(min(drawn, MOST_PAGES))]
  for (number in seq_along(kept)) {
    page <- kept[[number]]
    file.copy(file_of(page), sprintf("out/%02d.png", number))
    if (wanted %in% c("svg", "pdf") && !is.null(page$snapshot)) play_again(page, sprintf("out/%02d.%s", number, wanted))
  }
  words <- unique(trimws(unlist(lapply(kept, `[[`, "words"))))
  words <- words[!is.na(words) & nzchar(words)]
  writeLines(sprintf("[%s]", paste0("\"", vapply(words, escaped, ""), "\"", collapse = ", ", recycle0 = TRUE)), "out/texts.json", useBytes = TRUE)
}

# What is to be said of more pages than are kept.
beyond <- function() {
  if (drawn > MOST_PAGES) finding(sprintf("%d pictures were drawn; the first %d are kept", drawn, MOST_PAGES), severity = "warning")
}

place_of <- function(at) if (is.null(pages[[at]]$place)) at else pages[[at]]$place - 0.5

file_of <- function(page) sprintf("%s-%03d.png", page$device$stem, page$number)

play_again <- function(page, name) {
  device <- page$device
  open <- if (grepl("svg$", name)) real$svg else real$cairo_pdf
  open(name, width = device$size[1], height = device$size[2], bg = device$bg, pointsize = device$pointsize, family = device$family)
  if (isTRUE(page$by_grid_alone)) grid::grid.newpage()  # nothing in the drawing begins the page
  played <- try(grDevices::replayPlot(page$snapshot), silent = TRUE)
  real$dev.off()
  if (inherits(played, "try-error")) file.remove(name)
}

# Files that came about in another way, such as a page of a PDF.
collect_files <- function(made) {
  for (path in sort(setdiff(made, c(claimed, "Rplots.pdf")))) {
    if (!grepl("\\.(png|pdf)$", path, ignore.case = TRUE) || nzchar(Sys.readlink(path)) || dir.exists(path)) next
    stem <- sprintf("out/%02d", length(list.files("out", pattern = "\\.png$")) + 1)
    if (grepl("png$", path, ignore.case = TRUE)) {
      file.copy(path, paste0(stem, ".png"))
    } else if (nzchar(Sys.which("pdftocairo"))) {
      system2("pdftocairo", c("-png", "-singlefile", "-r", DPI, shQuote(path), stem))
      if (wanted == "pdf") file.copy(path, paste0(stem, ".pdf"))
    }
  }
}
