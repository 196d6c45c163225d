import type { Locale } from "@mila/kernel"

const ru = {
  title: "Согласие представителя",
  who: "{name}, {kinship}, телефон {phone}. Согласие дано {day}, действует до\u00a016-летия, {until}; тогда решаете вы сами.",
  withdrawn: "Представитель отозвал согласие: участие скоро закончится, если он не передумает.",
  changes: "Изменить или отозвать его может представитель:",
  page: "страница «Представителю»",
  wrong: "Год рождения указан неверно? Подайте заявление «Исправить данные» на этой странице: спросим представителя и исправим.",
  theirs: "включает представитель",
  by: "представитель",
  now: "Вам уже 16: теперь соглашаетесь вы сами.",
  answer: "Прочитать и ответить",
}
export type ChildDataWords = typeof ru

const be: ChildDataWords = {
  title: "Згода прадстаўніка",
  who: "{name}, {kinship}, тэлефон {phone}. Згода дадзена {day}, дзейнічае да\u00a016-годдзя, {until}; тады вырашаеце вы самі.",
  withdrawn: "Прадстаўнік адклікаў згоду: удзел хутка скончыцца, калі ён не перадумае.",
  changes: "Змяніць або адклікаць яе можа прадстаўнік:",
  page: "старонка «Прадстаўніку»",
  wrong: "Год нараджэння паказаны няправільна? Падайце заяву «Выправіць даныя» на гэтай старонцы: спытаем прадстаўніка і выправім.",
  theirs: "уключае прадстаўнік",
  by: "прадстаўнік",
  now: "Вам ужо 16: цяпер пагаджаецеся вы самі.",
  answer: "Прачытаць і адказаць",
}

const en: ChildDataWords = {
  title: "Your representative’s consent",
  who: "{name}, {kinship}, phone {phone}. Consent given on {day}, valid until your 16th birthday, {until}; after that you decide for yourself.",
  withdrawn: "Your representative has withdrawn consent: your membership will end soon unless they change their mind.",
  changes: "Your representative can change or withdraw it:",
  page: "the page “For representatives”",
  wrong: "Is the year of birth wrong? Send the request “Correct the data” on this page: we’ll ask your representative and correct it.",
  theirs: "turned on by your representative",
  by: "the representative",
  now: "You are 16: now you give consent yourself.",
  answer: "Read and reply",
}

export const CHILD_DATA: Readonly<Record<Locale, ChildDataWords>> = { ru, be, en }
