import { box, light, oval, path } from "./paint.ts"
import { type Draw, label } from "./shape.ts"

const lipstick: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M172 176v-62q0-16 30-44q22 12 26 40v66z", body) +
    path("M176 172v-56q0-10 22-34v90z", "#fff", ' opacity=".2"') +
    box(166, 174, 68, 48, 4, accent) +
    box(154, 220, 92, 130, 8, cap) +
    light(166, 232, 9, 104),
  label: label(288, 80, "cap"),
})
const gloss: Draw = ({ body, cap, accent }) => ({
  drawing:
    box(176, 46, 48, 142, 10, cap) +
    box(178, 186, 44, 12, 0, accent) +
    box(170, 198, 60, 152, 12, body) +
    light(180, 210, 9, 124, 0.5) +
    light(184, 60, 7, 112),
  label: label(276, 56),
})
const mascara: Draw = ({ body, cap, accent }) => ({
  drawing: `<g transform="rotate(14 200 200)">${box(178, 40, 44, 130, 12, cap)}${box(178, 168, 44, 10, 0, accent)}${box(176, 178, 48, 176, 12, body)}${light(186, 190, 8, 150)}</g>`,
  label: label(266, 44, "none"),
})
const pencil: Draw = ({ body, cap, accent }) => ({
  drawing: `<g transform="rotate(24 200 200)">${path("M188 70l12-34 12 34z", "#e7c9a6")}${path("M195 50l5-14 5 14z", body)}${box(188, 68, 24, 230, 2, cap)}${box(188, 68, 8, 230, 2, "#fff", ' opacity=".2"')}${box(188, 290, 24, 14, 0, accent)}${box(188, 302, 24, 44, 6, body)}</g>`,
  label: label(210, 20, "none"),
})
const compact: Draw = ({ body, cap, accent }) => ({
  drawing:
    oval(200, 128, 104, 84, cap) +
    oval(200, 128, 84, 66, "#dfe9f0") +
    path("M140 150q30-60 90-78l18 10q-66 26-92 84z", "#fff", ' opacity=".6"') +
    box(176, 206, 48, 12, 4, accent) +
    oval(200, 286, 112, 62, cap) +
    oval(200, 280, 92, 46, body) +
    oval(180, 268, 40, 14, "#fff", ' opacity=".25"'),
  label: label(284, 120),
})
const palette: Draw = ({ body, cap, accent }) => ({
  drawing:
    box(84, 104, 232, 246, 18, cap) +
    [0, 1, 2]
      .flatMap((row) =>
        [0, 1, 2].map((place) =>
          box(104 + place * 66, 122 + row * 50, 58, 40, 8, [body, accent, "#fff"][(row + place) % 3]!, ` opacity="${1 - row * 0.2}"`),
        ),
      )
      .join("") +
    box(84, 276, 232, 74, 14, "#000", ' opacity=".12"'),
  label: label(308, 190, "cap"),
})
const nail: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M178 52h44l8 150h-60z", cap) +
    box(168, 200, 64, 16, 3, accent) +
    path("M150 250q0-34 34-34h32q34 0 34 34v76q0 24-24 24h-52q-24 0-24-24z", body) +
    light(164, 246, 11, 84, 0.5),
  label: label(292, 84),
})
const razor: Draw = ({ body, cap, accent }) => ({
  drawing: `<g transform="rotate(16 200 200)">${box(134, 56, 132, 40, 10, cap)}${box(144, 66, 112, 6, 3, "#fff", ' opacity=".7"')}${box(144, 80, 112, 6, 3, "#fff", ' opacity=".7"')}${path("M190 96h20l10 40-6 200q-14 20-28 0l-6-200z", body)}${box(184, 150, 32, 90, 12, accent, ' opacity=".7"')}</g>`,
  label: label(300, 20, "none"),
})
const clip: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M84 254q20-116 116-116t116 116l-24 8q-22-86-92-86t-92 86z", body) +
    [0, 1, 2, 3, 4].map((place) => box(112 + place * 42, 250 - Math.abs(2 - place) * -14, 14, 70, 7, cap)).join("") +
    oval(200, 158, 22, 22, accent),
  label: label(330, 20, "none"),
})
const card: Draw = ({ body, cap, accent }) => ({
  drawing:
    box(110, 60, 180, 290, 16, body) +
    oval(200, 84, 12, 8, "#fff") +
    path("M150 150q50 110 100 0", "none", ` stroke="${accent}" stroke-width="7"`) +
    oval(200, 206, 18, 18, cap) +
    oval(160, 178, 9, 9, cap) +
    oval(240, 178, 9, 9, cap),
  label: label(296, 146),
})
const file: Draw = ({ body, cap }) => ({
  drawing: `<g transform="rotate(28 200 200)">${box(180, 46, 40, 308, 20, body)}${box(180, 200, 40, 154, 20, cap, ' opacity=".7"')}</g>`,
  label: label(200, 20, "none"),
})

const socks: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M146 64h74v150q0 20-16 34l-66 72q-20 22-46 4t-8-48l62-78z", body) +
    box(146, 64, 74, 32, 6, cap) +
    path("M236 90h66v146q0 20-14 34l-58 62q-20 20-42 2l62-92z", body, ' opacity=".75"') +
    box(236, 90, 66, 28, 6, cap, ' opacity=".85"') +
    oval(110, 306, 22, 18, accent) +
    [130, 168, 206].map((y) => box(150, y, 66, 8, 4, accent, ' opacity=".7"')).join(""),
  label: label(340, 20, "none"),
})

export const LOOKS: Readonly<Record<string, Draw>> = {
  lipstick,
  gloss,
  mascara,
  pencil,
  compact,
  palette,
  nail,
  razor,
  clip,
  card,
  file,
  socks,
}
