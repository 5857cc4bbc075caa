// Compiled into a program that draws with PLplot. There is no window and nobody who could be asked for a
// device or a file: a program that names none, or a window, draws into files. PLplot's own library and
// its C++ classes find this function before the one it stands for.
#include <cstring>
#include <dlfcn.h>
#include <plplot/plplot.h>

namespace {

constexpr const char* windows[] = {"", "aqt", "extcairo", "gcw", "mem", "memcairo", "ntk", "null", "qtwidget", "tk", "tkwin", "wincairo", "wingcc", "wxwidgets", "xcairo", "xwin"};

constexpr const char* endings[] = {"svg", "png", "pdf", "eps"};

const char* ending(const char* device) {
    for (const char* one : endings)
        if (!std::strncmp(device, one, 3)) return one;
    return "ps";
}

}  // namespace

extern "C" void c_plinit() {
    char device[80] = "", file[1024] = "";
    plgdev(device);
    for (const char* window : windows)
        if (!std::strcmp(device, window)) std::strcpy(device, "pdfcairo");
    plsdev(device);
    plgfnam(file);
    if (!*file) plsfnam(std::strcat(std::strcpy(file, "plplot."), ending(device)));
    reinterpret_cast<void (*)()>(dlsym(RTLD_NEXT, "c_plinit"))();
}
