import { box, light, path } from "./paint.ts"
import { type Draw, label } from "./shape.ts"

const bottle: Draw = ({ body, cap, accent }) => ({
  drawing:
    box(172, 52, 56, 60, 8, cap) +
    path("M140 150q0-42 36-46h48q36 4 36 46v176q0 24-24 24h-72q-24 0-24-24z", body) +
    light(152, 140, 12, 180) +
    box(140, 296, 120, 6, 0, accent, ' opacity=".6"'),
  label: label(220, 108),
})
const pump: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M192 96V62h-40q-14 0-14 14v8h12v-8h42zM186 62h28v34h-28z", cap) +
    box(166, 94, 68, 26, 6, cap) +
    box(136, 120, 128, 230, 22, body) +
    light(150, 136, 12, 190) +
    box(136, 300, 128, 5, 0, accent, ' opacity=".6"'),
  label: label(224, 112),
})
const spray: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M160 104V70q0-14 14-14h50l14 20-14 6v22z", cap) +
    path("M238 66l22-4v14l-22 0z", accent) +
    path("M146 140q0-34 30-36h48q30 2 30 36v186q0 24-24 24h-60q-24 0-24-24z", body) +
    light(158, 138, 11, 184),
  label: label(226, 96),
})
const tube: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M132 56h136l-14 236h-108z", body) +
    box(132, 44, 136, 16, 3, body) +
    box(132, 44, 136, 16, 3, "#000", ' opacity=".08"') +
    box(152, 290, 96, 60, 12, cap) +
    light(160, 78, 10, 196) +
    box(144, 250, 112, 5, 0, accent, ' opacity=".6"'),
  label: label(150, 104),
})
const jar: Draw = ({ body, cap, accent }) => ({
  drawing:
    box(96, 166, 208, 62, 14, cap) +
    path("M96 182v-2q0-14 14-14h180q14 0 14 14v2z", "#fff", ' opacity=".18"') +
    path("M104 226h192v88q0 36-36 36H140q-36 0-36-36z", body) +
    light(118, 240, 12, 88) +
    box(104, 226, 192, 6, 0, accent, ' opacity=".7"'),
  label: label(274, 160),
})
const dropper: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M182 44h36q8 0 8 10v44h-52V54q0-10 8-10z", accent) +
    box(168, 96, 64, 36, 6, cap) +
    path("M138 172q0-38 40-40h44q40 2 40 40v156q0 22-22 22h-80q-22 0-22-22z", body) +
    light(152, 168, 11, 158),
  label: label(240, 106),
})
const can: Draw = ({ body, cap, accent }) => ({
  drawing:
    box(156, 48, 88, 64, 16, cap) +
    path("M144 130q0-20 22-20h68q22 0 22 20v208q0 12-12 12h-88q-12 0-12-12z", body) +
    box(144, 128, 112, 8, 0, accent, ' opacity=".6"') +
    light(157, 146, 11, 184) +
    box(144, 322, 112, 6, 0, accent, ' opacity=".6"'),
  label: label(226, 98),
})
const roll: Draw = ({ body, cap, accent }) => ({
  drawing:
    path("M150 130q0-52 50-52t50 52v40H150z", cap) +
    path("M144 170h112l-10 160q-2 20-22 20h-48q-20 0-22-20z", body) +
    box(144, 168, 112, 8, 2, accent) +
    light(160, 190, 10, 130),
  label: label(256, 92),
})
const stick: Draw = ({ body, cap, accent }) => ({
  drawing:
    box(158, 90, 84, 130, 18, cap) +
    box(150, 214, 100, 136, 14, body) +
    box(150, 214, 100, 9, 2, accent) +
    light(168, 104, 9, 100) +
    light(162, 236, 9, 96),
  label: label(284, 88),
})
const jug: Draw = ({ body, cap, accent }) => ({
  drawing:
    box(138, 52, 66, 56, 10, cap) +
    path("M112 148q0-40 40-42h96q44 0 44 44v176q0 24-24 24H136q-24 0-24-24z", body) +
    path("M226 138h34q8 0 8 8v70q0 8-8 8h-34q-8 0-8-8v-70q0-8 8-8z", "#fff", ' opacity=".55"') +
    light(124, 150, 12, 176) +
    box(112, 306, 180, 6, 0, accent, ' opacity=".6"'),
  label: label(264, 150, "body", 196),
})
const perfume: Draw = ({ body, cap, accent }) => ({
  drawing:
    box(164, 70, 72, 66, 12, cap) +
    box(180, 134, 40, 20, 0, accent) +
    path("M104 236q0-84 96-84t96 84q0 114-96 114t-96-114z", body, ' opacity=".92"') +
    path("M124 240q0-62 60-68q-34 36-30 120q-30-14-30-52z", "#fff", ' opacity=".3"'),
  label: label(256, 132),
})
const square: Draw = ({ body, cap, accent }) => ({
  drawing:
    box(160, 62, 80, 72, 6, cap) +
    box(182, 132, 36, 18, 0, accent) +
    box(116, 150, 168, 200, 14, body, ' opacity=".94"') +
    box(130, 164, 140, 172, 8, "#fff", ' opacity=".12"') +
    light(128, 170, 12, 160),
  label: label(256, 130),
})

export const VESSELS: Readonly<Record<string, Draw>> = {
  bottle,
  pump,
  spray,
  tube,
  jar,
  dropper,
  can,
  roll,
  stick,
  jug,
  perfume,
  "perfume-square": square,
}
