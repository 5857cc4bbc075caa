// Compiled into a program whose texts have letters that a common font lacks. Cairo's simple text
// functions know one font and look for no other: here each part of a text is set in a family that has it.
// The linker leads the calls here (--wrap); VISCODER_FAMILIES are the families, each with its letters.
#include <algorithm>
#include <cairo.h>
#include <cstring>
#include <string>
#include <vector>

extern "C" {
void __real_cairo_show_text(cairo_t*, const char*);
void __real_cairo_text_path(cairo_t*, const char*);
void __real_cairo_text_extents(cairo_t*, const char*, cairo_text_extents_t*);
}

namespace {

struct Family {
    const char* name;
    const char* letters;
};

constexpr Family families[] = {VISCODER_FAMILIES};

struct Part {
    const char* family;  // null for the program's own
    std::string text;
};

size_t length_of(const char* letter) {
    const auto first = static_cast<unsigned char>(*letter);
    const size_t told = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    return std::min(told, std::strlen(letter));
}

const char* family_of(const std::string& letter) {
    if (static_cast<unsigned char>(letter[0]) >= 0xC0)
        for (const Family& one : families)
            if (std::strstr(one.letters, letter.c_str())) return one.name;
    return nullptr;
}

std::vector<Part> parts_of(const char* text) {
    std::vector<Part> parts;
    while (text && *text) {
        const std::string letter(text, length_of(text));
        text += letter.size();
        const char* family = family_of(letter);
        if (parts.empty() || parts.back().family != family) parts.push_back({family, ""});
        parts.back().text += letter;
    }
    return parts;
}

// The context in another family, of the same slant and weight, while it lives.
class Dressed {
public:
    Dressed(cairo_t* context, const char* family) : context(context) {
        if (!family) return;
        own = cairo_font_face_reference(cairo_get_font_face(context));
        const bool simple = cairo_font_face_get_type(own) == CAIRO_FONT_TYPE_TOY;
        cairo_select_font_face(context, family,
            simple ? cairo_toy_font_face_get_slant(own) : CAIRO_FONT_SLANT_NORMAL,
            simple ? cairo_toy_font_face_get_weight(own) : CAIRO_FONT_WEIGHT_NORMAL);
    }
    ~Dressed() {
        if (!own) return;
        cairo_set_font_face(context, own);
        cairo_font_face_destroy(own);
    }
    Dressed(const Dressed&) = delete;
    Dressed& operator=(const Dressed&) = delete;

private:
    cairo_t* context;
    cairo_font_face_t* own = nullptr;
};

}  // namespace

extern "C" {

void __wrap_cairo_show_text(cairo_t* context, const char* text) {
    for (const Part& part : parts_of(text)) {
        const Dressed dressed(context, part.family);
        __real_cairo_show_text(context, part.text.c_str());
    }
}

void __wrap_cairo_text_path(cairo_t* context, const char* text) {
    for (const Part& part : parts_of(text)) {
        const Dressed dressed(context, part.family);
        __real_cairo_text_path(context, part.text.c_str());
    }
}

void __wrap_cairo_text_extents(cairo_t* context, const char* text, cairo_text_extents_t* extents) {
    cairo_text_extents_t all = {};
    double right = 0, bottom = 0;
    bool first = true;
    for (const Part& part : parts_of(text)) {
        const Dressed dressed(context, part.family);
        cairo_text_extents_t one;
        __real_cairo_text_extents(context, part.text.c_str(), &one);
        const double left = all.x_advance + one.x_bearing, top = all.y_advance + one.y_bearing;
        right = first ? left + one.width : std::max(right, left + one.width);
        bottom = first ? top + one.height : std::max(bottom, top + one.height);
        all.x_bearing = first ? left : std::min(all.x_bearing, left);
        all.y_bearing = first ? top : std::min(all.y_bearing, top);
        all.x_advance += one.x_advance;
        all.y_advance += one.y_advance;
        first = false;
    }
    all.width = right - all.x_bearing;
    all.height = bottom - all.y_bearing;
    *extents = all;
}
}
