import { box, light, oval, path } from "./paint.ts"
import { type Draw, label } from "./shape.ts"

const carton: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M116 92l150-26 26 22v244l-22 18H116z", body) +
    path("M266 66l26 22v244l-22 18z", "#000", ' opacity=".14"') +
    box(116, 108, 154, 76, 0, cap) +
    oval(194, 268, 46, 46, accent, ' opacity=".55"'),
  label: label(142, 132, "cap", 193),
})
const pack: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M92 130q108-22 216 0l10 196q-118 26-236 0z", body) +
    path("M92 130q108-22 216 0l1 26q-108-20-218 0z", cap) +
    oval(200, 280, 60, 34, accent, ' opacity=".5"') +
    path("M104 150q12 80 4 166", "none", ' stroke="#fff" stroke-width="9" opacity=".3"'),
  label: label(214, 168),
})
const bag: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M118 92h164l14 240q0 18-18 18H122q-18 0-18-18z", body) +
    path("M118 92l10-34h144l10 34z", cap) +
    box(118, 90, 164, 7, 0, "#000", ' opacity=".12"') +
    oval(200, 276, 52, 42, accent, ' opacity=".55"') +
    light(128, 112, 10, 214, 0.3),
  label: label(176, 136),
})
const sachet: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M116 62h168v288H116z", body) +
    box(116, 62, 168, 24, 0, cap) +
    box(116, 328, 168, 22, 0, cap, ' opacity=".8"') +
    oval(200, 256, 50, 50, accent, ' opacity=".5"') +
    path("M132 96l26 0-20 220-6 0z", "#fff", ' opacity=".2"'),
  label: label(150, 142),
})
const soap: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M92 236q0-58 108-58t108 58v46q0 66-108 66T92 282z", body) +
    oval(200, 228, 92, 38, "#fff", ' opacity=".28"') +
    box(92, 262, 216, 44, 0, cap) +
    oval(282, 176, 16, 16, accent, ' opacity=".5"') +
    oval(304, 146, 9, 9, accent, ' opacity=".5"'),
  label: label(286, 180, "cap"),
})
const ball: Draw = ({ body, accent }) => ({
  drawing:
    oval(200, 244, 106, 106, body) +
    oval(168, 204, 34, 26, "#fff", ' opacity=".4"') +
    [
      [240, 210],
      [226, 292],
      [158, 286],
      [262, 262],
    ]
      .map(([x, y]) => oval(x!, y!, 11, 11, accent, ' opacity=".5"'))
      .join(""),
  label: label(250, 120),
})
const toothpaste: Draw = ({ body, cap, accent }) => ({
  drawing: `<g transform="rotate(-18 200 220)">${path("M66 186h216l26 22v36l-26 22H66z", body)}${box(52, 182, 18, 88, 3, body)}${box(52, 182, 18, 88, 3, "#000", ' opacity=".1"')}${box(306, 200, 42, 52, 8, cap)}${path("M84 198h190v14H84z", "#fff", ' opacity=".35"')}${box(72, 246, 212, 10, 0, accent, ' opacity=".7"')}</g>`,
  label: label(232, 150, "none"),
})
const candle: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M200 84q-22 30 0 46q22-16 0-46z", "#f5b942") +
    box(197, 128, 6, 26, 2, "#5b4636") +
    box(118, 150, 164, 200, 18, body) +
    box(118, 150, 164, 40, 14, "#fff", ' opacity=".35"') +
    light(132, 168, 12, 160) +
    box(118, 300, 164, 8, 0, accent, ' opacity=".6"') +
    box(118, 338, 164, 12, 6, cap),
  label: label(250, 128),
})
const towel: Draw = ({ body, cap, accent }) => ({
  drawing:
    box(96, 230, 208, 120, 26, body) +
    box(110, 160, 180, 92, 24, accent) +
    box(124, 104, 152, 76, 22, cap) +
    box(96, 282, 208, 14, 0, "#fff", ' opacity=".45"') +
    box(110, 200, 180, 10, 0, "#fff", ' opacity=".4"'),
  label: label(326, 150),
})
const notebook: Draw = ({ body, cap, accent }) => ({
  drawing:
    box(108, 70, 184, 280, 12, body) +
    box(108, 70, 34, 280, 12, cap) +
    [0, 1, 2, 3, 4, 5].map((place) => oval(124, 100 + place * 44, 6, 6, "#fff")).join("") +
    oval(226, 256, 42, 42, accent, ' opacity=".6"'),
  label: label(150, 130, "body", 218),
})
const gift: Draw = ({ body, cap }) => ({
  drawing:
    box(92, 178, 216, 172, 12, body) +
    box(80, 146, 240, 48, 10, body) +
    box(80, 182, 240, 12, 0, "#000", ' opacity=".07"') +
    box(184, 146, 32, 204, 0, cap) +
    path("M200 146q-70-14-64-56t64 56q70-14 64-56t-64 56z", cap),
  label: label(272, 72, "body", 138),
})
const certificate: Draw = ({ body, cap, accent }) => ({
  drawing:
    box(56, 118, 288, 182, 18, body) +
    box(72, 134, 256, 150, 10, "none", ` stroke="${accent}" stroke-width="3"`) +
    path("M270 118h32v182h-32z", accent, ' opacity=".6"') +
    oval(286, 208, 26, 26, cap),
  label: label(206, 180, "body", 164),
})

export const THINGS: Readonly<Record<string, Draw>> = {
  box: carton,
  pack,
  bag,
  sachet,
  soap,
  ball,
  toothpaste,
  candle,
  towel,
  notebook,
  gift,
  certificate,
}
