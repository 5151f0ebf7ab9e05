// A campaign and a display in which every key of the language is written once at least.
#pragma once

namespace noseon::testing {

inline constexpr const char* kWholeCampaign = R"(
format   = "noseon.campaign/1"
id       = "khojaly"
title    = { ko = "호잘리를 기억합니다", zh-Hant = "紀念霍賈利" }
timezone = "Asia/Seoul"
holidays = "kr"
contact  = "campaign@example.org"

[window]
from   = 2027-02-01
until  = 2028-03-31
yearly = "02-01/03-31"

[dayparts]
commute = [{ days = "mon-fri, -holiday", hours = "06:30-09:30" }, { hours = " 22:00 - 02:00 " }]

[places]
seoul-station = { lat = 37.5547, lon = 126.9707, radius_m = 600 }

[styles.remembrance]
like           = "night"
background     = "#101418"
picture        = "backgrounds/paper.jpg"
scrim          = 40
ink            = "#F4f1ea"
font           = "serif"
weight         = "regular"
align          = "left"
wrap           = "syllable"
padding        = 12
size           = 130
line_height    = 140
letter_spacing = 2
outline        = { color = "#223344", width = 6 }
shadow         = { color = "#332211", right = 3, down = -6, blur = 12, opacity = 45 }
clock          = "date"

[[item]]
id         = "poster-1"
poster     = "posters/remember.png"
alt        = { ko = "촛불", en = "A candle" }
caption    = { ko = "서울광장", en = "Seoul Plaza" }
fit        = "fill"
transition = "cut"
role       = "normal"
seconds    = 8
weight     = 3
from       = 2027-02-10
until      = 2027-03-10
yearly     = "02-20/03-05"
days       = "fri-mon,wed"
hours      = "08:00-24:00"
dayparts   = ["commute"]

[[item]]
id     = "names"
text   = { ko = "613명의 희생자를 추모합니다", az = "613 qurbanı xatırlayırıq" }
style  = "remembrance"
motion = "ticker"
near   = ["seoul-station"]
routes = ["421", "N16"]
labels = ["depot:gangnam"]
share  = 0.25
salt   = "names"

[[item]]
id    = "detour"
role  = "urgent"
text  = { ko = "우회합니다" }
from  = 2027-02-25T08:00:00
until = 2027-02-25T20:00:00+09:00
)";

inline constexpr const char* kWholeDisplay = R"(
id        = "bus-1234-front"
size      = [1920, 1080]
rotation  = 90
timezone  = "Asia/Seoul"
languages = ["ko", "zh-Hant"]
labels    = ["depot:gangnam", "type:interior"]
diagonal_inch = 24.0
distance_m    = 2.5
screen    = 2
rtc       = true
night     = { hours = "20:00-06:00", brightness = 0.6 }
[source]
urls = ["https://signage.example.org/metadata"]
)";

}  // namespace noseon::testing
