#include "staff/drawing_svg.h"

#include <fmt/format.h>

#include "base/unicode.h"

namespace noseon {
namespace {

// XML 1.0 has no control characters but tab and line ends, and neither U+FFFE nor U+FFFF.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : repair_utf8(text)) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  for (const char* const no_character : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (auto at = out.find(no_character); at != std::string::npos; at = out.find(no_character)) {
      out.replace(at, 3, "\xEF\xBF\xBD");
    }
  }
  return out;
}

std::string hatch_id(const HatchShape& hatch) {
  return "hatch-" + to_string(hatch.ink).substr(1) + "-" + to_string(hatch.paper).substr(1);
}

// A pattern for each pair of colours, once.
std::string patterns_of(const Drawing& drawing) {
  std::string defs;
  for (const Shape& shape : drawing.shapes) {
    const auto* hatch = std::get_if<HatchShape>(&shape);
    if (hatch == nullptr || defs.find(hatch_id(*hatch)) != std::string::npos) continue;
    defs += fmt::format(
        "<pattern id=\"{0}\" width=\"{1}\" height=\"{1}\" patternUnits=\"userSpaceOnUse\">"
        "<rect width=\"{1}\" height=\"{1}\" fill=\"{2}\"/>"
        "<path d=\"M-2,2 L2,-2 M0,{1} L{1},0 M{3},{4} L{4},{3}\" stroke=\"{5}\" "
        "stroke-width=\"2\"/></pattern>\n",
        hatch_id(*hatch), kHatchPeriod, to_string(hatch->paper), kHatchPeriod - 2, kHatchPeriod + 2,
        to_string(hatch->ink));
  }
  return defs;
}

std::string rect(const Rect& area, const std::string& fill, const std::string& title) {
  const std::string head =
      fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"", area.x, area.y,
                  area.width, area.height, fill);
  return title.empty() ? head + "/>" : head + "><title>" + escaped(title) + "</title></rect>";
}

std::string svg_of(const RectShape& shape) {
  return rect(shape.area, to_string(shape.color), shape.title);
}

std::string svg_of(const HatchShape& shape) {
  return rect(shape.area, "url(#" + hatch_id(shape) + ")", shape.title);
}

std::string svg_of(const LineShape& shape) {
  return rect(
      {shape.from.x, shape.from.y, shape.to.x - shape.from.x + 1, shape.to.y - shape.from.y + 1},
      to_string(shape.color), {});
}

std::string svg_of(const LabelShape& label) {
  const int x = label.align == Align::left    ? label.box.x
                : label.align == Align::right ? label.box.x + label.box.width
                                              : label.box.x + label.box.width / 2;
  const char* const anchor = label.align == Align::left    ? "start"
                             : label.align == Align::right ? "end"
                                                           : "middle";
  return fmt::format(
      "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{} text-anchor=\"{}\" fill=\"{}\" "
      "xml:lang=\"{}\">{}</text>",
      x, baseline_of(label), label.size,
      label.weight == Weight::bold ? " font-weight=\"bold\"" : "", anchor, to_string(label.ink),
      escaped(label.language), escaped(label.text));
}

}  // namespace

std::string svg_of(const Drawing& drawing) {
  std::string svg = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" "
      "viewBox=\"0 0 {0} {1}\" font-family=\"'Noto Sans','Noto Sans CJK KR','Noto Sans KR',"
      "'Malgun Gothic','Apple SD Gothic Neo',sans-serif\">\n<title>{2}</title>\n<defs>{3}</defs>\n",
      drawing.size.width, drawing.size.height, escaped(drawing.title), patterns_of(drawing));
  for (const Shape& shape : drawing.shapes) {
    svg += std::visit([](const auto& some) { return svg_of(some); }, shape) + "\n";
  }
  return svg + "</svg>\n";
}

}  // namespace noseon
