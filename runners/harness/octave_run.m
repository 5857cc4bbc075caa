% Runs program.m, and draws each figure that is open at its end. Executed inside the sandbox.
warning("off", "Octave:gnuplot-graphics");
graphics_toolkit("gnuplot");
set(0, "defaultfigurevisible", "off");
source("look.m");
page_screen_output(false);
crash_dumps_octave_core(false);
try
  source("program.m");
catch err
  % A program may have cleared every variable: nothing from before is relied on.
  out = fopen("error.json", "w");
  frames = {};
  for k = 1:numel(err.stack)
    frames{end + 1} = struct("name", err.stack(k).name, "line", err.stack(k).line, "column", err.stack(k).column, "file", err.stack(k).file);
  end
  fputs(out, jsonencode(struct("message", err.message, "identifier", err.identifier, "stack", {frames})));
  fclose(out);
  exit(1);
end
for viscoder_figure = sort(get(0, "children"))'
  set(viscoder_figure, "visible", "off");
  print(viscoder_figure, "-dpdfcairo", sprintf("figure-%02d.pdf", viscoder_figure));
end
exit(0);
