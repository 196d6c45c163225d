import { box, light, oval, path } from "./paint.ts"
import { type Draw, label } from "./shape.ts"

/** What has no words on it. */
const bare = label(330, 20, "none")
const row = (count: number, drawn: (place: number) => string): string => Array.from({ length: count }, (_, place) => drawn(place)).join("")

const hairbrush: Draw = ({ body, cap, accent }) => ({
  drawing: `<g transform="rotate(24 200 200)">${box(184, 206, 32, 160, 16, cap)}${box(140, 34, 120, 184, 58, cap)}${box(154, 48, 92, 156, 44, body)}${row(15, (pin) => oval(172 + (pin % 3) * 28, 76 + Math.trunc(pin / 3) * 25, 5, 5, accent))}${light(190, 236, 6, 110)}</g>`,
  label: bare,
})
const makeupBrush: Draw = ({ body, cap, accent }) => ({
  drawing: `<g transform="rotate(24 200 200)">${path("M176 148q-30-60 24-118q54 58 24 118z", accent)}${path("M186 146q-14-54 14-104q2 60 2 104z", "#fff", ' opacity=".3"')}${box(174, 144, 52, 58, 6, "#d8c9b0")}${box(174, 160, 52, 5, 0, "#000", ' opacity=".14"')}${path("M178 200h44l-12 154q-10 16-20 0z", cap)}${box(188, 270, 24, 8, 0, body)}${light(188, 208, 7, 120)}</g>`,
  label: bare,
})
const toothbrush: Draw = ({ body, cap, accent }) => ({
  drawing: `<g transform="rotate(24 200 200)">${row(6, (tuft) => box(156, 44 + tuft * 15, 34, 12, 3, accent, tuft % 2 === 0 ? ' opacity=".65"' : ""))}${box(186, 36, 26, 106, 12, cap)}${path("M192 138h14l8 70v138q-14 18-28 0V208z", cap)}${box(191, 216, 18, 84, 9, body)}${light(194, 222, 5, 72)}</g>`,
  label: bare,
})
const earrings: Draw = ({ body, cap, accent }) => ({
  drawing:
    box(110, 60, 180, 290, 16, body) +
    oval(200, 84, 12, 8, "#fff") +
    [156, 244]
      .map(
        (x) =>
          path(`M${x} 116v26`, "none", ` stroke="${accent}" stroke-width="5"`) + oval(x, 158, 17, 17, cap) + oval(x, 206, 13, 30, accent),
      )
      .join(""),
  label: label(284, 146),
})
const bracelet: Draw = ({ body, cap, accent }) => ({
  drawing:
    oval(200, 236, 118, 84, "none", ` stroke="${accent}" stroke-width="6"`) +
    row(18, (bead) => {
      const turn = (bead / 18) * 2 * Math.PI
      const [x, y] = [Math.trunc(200 + 118 * Math.sin(turn)), Math.trunc(236 - 84 * Math.cos(turn))]
      return oval(x, y, 15, 15, bead % 3 === 0 ? cap : body, ` stroke="${accent}" stroke-width="2"`)
    }) +
    path("M200 328l14 18-14 18-14-18z", cap),
  label: bare,
})
const headband: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M92 344Q70 96 200 96T308 344l-26 4Q300 146 200 146T118 348z", cap) +
    path("M104 250Q112 116 200 116", "none", ' stroke="#fff" stroke-width="8" stroke-linecap="round" opacity=".35"') +
    path("M200 122q-54-50-74-10q-6 40 74 10q54-50 74-10q6 40-74 10z", body) +
    oval(200, 120, 15, 18, accent),
  label: bare,
})
const tights: Draw = ({ body, cap, accent }) => ({
  drawing:
    box(112, 50, 176, 300, 8, body) +
    path("M196 132q34 64 4 124l-40 84h-20l30-92q12-50-10-116z", accent) +
    path("M232 132q30 60 6 124l-18 84h-20l8-92q6-50-8-116z", accent, ' opacity=".6"') +
    box(112, 50, 176, 90, 8, cap) +
    path("M128 140l22 0-16 196-6 0z", "#fff", ' opacity=".22"'),
  label: label(92, 150, "cap"),
})
const scissors: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M150 60q44 70 66 166l-14 8Q150 150 150 60z", "#c9ced6") +
    path("M250 60q-44 70-66 166l14 8q52-84 52-174z", "#e3e7ec") +
    oval(200, 206, 9, 9, accent) +
    [152, 248]
      .map(
        (x) =>
          oval(x, 296, 38, 50, "none", ` stroke="${cap}" stroke-width="16"`) +
          path(`M200 214L${x} 248`, "none", ` stroke="${cap}" stroke-width="16"`),
      )
      .join("") +
    oval(200, 206, 5, 5, body),
  label: bare,
})
const pouch: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M92 160q108-34 216 0l22 150q2 40-38 40H108q-40 0-38-40z", body) +
    path("M88 166q112-36 224 0", "none", ` stroke="${cap}" stroke-width="16" stroke-linecap="round"`) +
    path("M96 164q104-32 208 0", "none", ' stroke="#fff" stroke-width="4" stroke-dasharray="5 5" opacity=".8"') +
    path("M300 164l18 42q2 12-8 12t-10-12z", accent) +
    path("M110 196q-12 70-14 118", "none", ' stroke="#fff" stroke-width="10" stroke-linecap="round" opacity=".35"'),
  label: label(256, 170),
})
const giftBag: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M152 128q0-74 48-74t48 74", "none", ` stroke="${accent}" stroke-width="9"`) +
    path("M104 126h168v224H104z", body) +
    path("M272 126l28 26v174l-28 24z", "#000", ' opacity=".16"') +
    path("M272 126l28 26v174l-28 24z", body, ' opacity=".6"') +
    box(104, 292, 168, 22, 0, cap) +
    row(2, (hole) => oval(152 + hole * 72, 140, 6, 6, cap)),
  label: label(216, 140, "body", 188),
})
const pen: Draw = ({ body, cap, accent }) => ({
  drawing: `<g transform="rotate(24 200 200)">${path("M188 326h24l-9 34h-6z", accent)}${path("M197 358h6l-3 10z", "#3b3836")}${box(186, 150, 28, 178, 6, body)}${box(186, 58, 28, 100, 8, cap)}${box(193, 44, 14, 18, 4, accent)}${box(212, 66, 9, 74, 4, accent)}${light(191, 164, 6, 150)}</g>`,
  label: bare,
})
const diffuser: Draw = ({ body, cap, accent }) => ({
  drawing:
    row(5, (stick) =>
      path(
        `M${192 + stick * 4} 190L${122 + stick * 39} ${48 + Math.abs(2 - stick) * 14}`,
        "none",
        ' stroke="#b98f62" stroke-width="6" stroke-linecap="round"',
      ),
    ) +
    box(174, 150, 52, 44, 6, cap) +
    path("M146 220q0-30 30-30h48q30 0 30 30v106q0 24-24 24h-60q-24 0-24-24z", body) +
    path("M146 296h108v30q0 24-24 24h-60q-24 0-24-24z", accent, ' opacity=".4"') +
    light(158, 212, 10, 120),
  label: label(250, 100),
})

/** What one does one's hair and face with, and what one wears. */
export const DRESSING: Readonly<Record<string, Draw>> = {
  hairbrush,
  "makeup-brush": makeupBrush,
  toothbrush,
  earrings,
  bracelet,
  headband,
  tights,
  scissors,
  pouch,
  "gift-bag": giftBag,
  pen,
  diffuser,
}
