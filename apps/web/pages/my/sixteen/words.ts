import type { Locale } from "@mila/kernel"

const ru = {
  title: "Вам 16: теперь решаете вы",
  lead: "До сих пор за вас соглашался представитель. Его права закончились в день рождения. Прочитайте и согласитесь сами: карта и бонусы останутся теми же.",
  until: "Ждём ответа до {day}; реклама и личные предложения уже выключены: включить их можете только вы.",
  late: "Ответа не было, поэтому уведомления выключены, данные представителя удалены. Согласиться можно и сейчас.",
  needed: "Чтобы остаться в программе",
  asked: "По желанию, можно передумать в любой день",
  read: "Прочитать",
  agree: "Согласиться",
  leave: "Не согласны? Можно выйти из программы",
  banner: "Вам 16! Теперь согласие даёте вы сами.",
  bannerDo: "Прочитать и ответить",
}
export type SixteenWords = typeof ru

const be: SixteenWords = {
  title: "Вам 16: цяпер вырашаеце вы",
  lead: "Дагэтуль за вас пагаджаўся прадстаўнік. Яго правы скончыліся ў дзень нараджэння. Прачытайце і пагадзіцеся самі: картка і бонусы застануцца тымі ж.",
  until: "Чакаем адказу да {day}; рэклама і асабістыя прапановы ўжо выключаны: уключыць іх можаце толькі вы.",
  late: "Адказу не было, таму апавяшчэнні выключаны, даныя прадстаўніка выдалены. Пагадзіцца можна і цяпер.",
  needed: "Каб застацца ў праграме",
  asked: "Па жаданні, можна перадумаць у любы дзень",
  read: "Прачытаць",
  agree: "Пагадзіцца",
  leave: "Не згодныя? Можна выйсці з праграмы",
  banner: "Вам 16! Цяпер згоду даяце вы самі.",
  bannerDo: "Прачытаць і адказаць",
}

const en: SixteenWords = {
  title: "You are 16: now you decide",
  lead: "Until now a representative gave consent for you. Their rights ended on your birthday. Please read and agree yourself: your card and points stay the same.",
  until: "Please reply by {day}. Advertising and personal offers are already off: only you can turn them on.",
  late: "There was no reply, so notifications are off and the representative’s data is deleted. You can still agree.",
  needed: "To stay in the programme",
  asked: "Optional; you can change your mind at any time",
  read: "Read",
  agree: "Agree",
  leave: "Don’t agree? You can leave the programme",
  banner: "You are 16! Now you give consent yourself.",
  bannerDo: "Read and reply",
}

export const SIXTEEN: Readonly<Record<Locale, SixteenWords>> = { ru, be, en }
