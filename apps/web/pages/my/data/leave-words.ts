import type { Locale } from "@mila/kernel"

// Leaving the programme: what goes, what stays and why, and what may be given away.

const ru = {
  leaveTitle: "Выход из программы",
  leaveGoes: "Что исчезнет",
  leaveGoesSays:
    "Имя, телефон, почта, карты, согласия и {points}. Избранное и ссылки на него, фотографии из отзывов, тексты отправленных вам сообщений.",
  leaveGoesBare:
    "Имя, телефон, почта, карты и согласия. Избранное и ссылки на него, фотографии из отзывов, тексты отправленных вам сообщений.",
  leaveStays: "Что останется и почему",
  leaveStaysSays: [
    "Чеки и записи о бонусах — без вашего имени: этого требует бухгалтерский учёт.",
    "Отпечатки номера и почты — чтобы не выдать приветственные бонусы дважды и не писать вам снова.",
    "Когда и какие сообщения мы отправляли — без адреса и текста; прощальное сообщение забудем через три дня.",
    "Журнал согласий с устройствами, с которых вы соглашались, ваши заявления и наши ответы, записи о том, кому передавали и кто смотрел ваши данные: ими мы подтверждаем, что соблюдали закон.",
  ],
  leaveKeep: "Оставить мои опубликованные отзывы и комментарии без имени",
  leaveKeepSays: "Без этой отметки мы их удалим. Что не опубликовано, удалим в любом случае.",
  leaveSpend: "Показать карту и потратить бонусы до выхода",
  leaveSure: "Понимаю: что не потрачено и не подарено, аннулируется",
  leaveDo: "Выйти через 3\u00a0дня",
  leaveGrace:
    "Будет три дня, чтобы передумать: до этого ничего не удалится, карта работает, и отменить можно одним касанием. О выходе сообщим по SMS и на почту.",
  leaveGift: "Подарить доступные бонусы",
  leaveGiftSays:
    "Напишите номер телефона. Если на нём есть карта «Милы», в день выхода бонусы перейдут на неё. Ожидающие бонусы подарить нельзя.",
  leaveGiftNote: "по желанию",
}
export type LeaveWords = typeof ru

const be: LeaveWords = {
  leaveTitle: "Выхад з праграмы",
  leaveGoes: "Што знікне",
  leaveGoesSays:
    "Імя, тэлефон, пошта, карткі, згоды і {points}. Абранае і спасылкі на яго, фотаздымкі з водгукаў, тэксты дасланых вам паведамленняў.",
  leaveGoesBare:
    "Імя, тэлефон, пошта, карткі і згоды. Абранае і спасылкі на яго, фотаздымкі з водгукаў, тэксты дасланых вам паведамленняў.",
  leaveStays: "Што застанецца і чаму",
  leaveStaysSays: [
    "Чэкі і запісы пра бонусы — без вашага імя: гэтага патрабуе бухгалтарскі ўлік.",
    "Адбіткі нумара і пошты — каб не выдаць вітальныя бонусы двойчы і не пісаць вам зноў.",
    "Калі і якія паведамленні мы дасылалі — без адраса і тэксту; развітальнае паведамленне забудзем праз тры дні.",
    "Журнал згод з прыладамі, з якіх вы згаджаліся, вашы заявы і нашы адказы, запісы пра тое, каму перадавалі і хто глядзеў вашы даныя: імі мы пацвярджаем, што трымаліся закона.",
  ],
  leaveKeep: "Пакінуць мае апублікаваныя водгукі і каментарыі без імя",
  leaveKeepSays: "Без гэтай адзнакі мы іх выдалім. Што не апублікавана, выдалім у любым выпадку.",
  leaveSpend: "Паказаць картку і патраціць бонусы да выхаду",
  leaveSure: "Разумею: што не патрачана і не падаравана, анулюецца",
  leaveDo: "Выйсці праз 3\u00a0дні",
  leaveGrace:
    "Будзе тры дні, каб перадумаць: да гэтага нічога не выдаліцца, картка працуе, і адмяніць можна адным дотыкам. Пра выхад паведамім па SMS і на пошту.",
  leaveGift: "Падарыць даступныя бонусы",
  leaveGiftSays:
    "Напішыце нумар тэлефона. Калі на ім ёсць картка «Мілы», у дзень выхаду бонусы пяройдуць на яе. Бонусы, што чакаюць, падарыць нельга.",
  leaveGiftNote: "па жаданні",
}

const en: LeaveWords = {
  leaveTitle: "Leaving the programme",
  leaveGoes: "What goes",
  leaveGoesSays:
    "Name, phone, e-mail, cards, consents and {points}. Favourites and links to them, photos in reviews, the texts of messages sent to you.",
  leaveGoesBare:
    "Name, phone, e-mail, cards and consents. Favourites and links to them, photos in reviews, the texts of messages sent to you.",
  leaveStays: "What stays and why",
  leaveStaysSays: [
    "Receipts and points records, without your name: accounting law requires them.",
    "Fingerprints of the number and the e-mail address, so that the welcome points are not given twice and you don’t get messages again.",
    "When we sent which messages, without address or text; the farewell is forgotten after three days.",
    "The record of consents with the devices you agreed on, your applications and our answers, and who received or looked at your data: this is how we prove that we kept the law.",
  ],
  leaveKeep: "Keep my published reviews and comments, without my name",
  leaveKeepSays: "Unless you tick this, we’ll delete them. Anything unpublished is deleted in any case.",
  leaveSpend: "Show the card and spend your points before you leave",
  leaveSure: "I understand: points I don’t spend or give away will be cancelled",
  leaveDo: "Leave in 3\u00a0days",
  leaveGrace:
    "You have three days to change your mind: until then nothing is deleted, the card works, and one tap cancels it. We’ll confirm by SMS and e-mail.",
  leaveGift: "Give away your available points",
  leaveGiftSays:
    "Enter a phone number. If it has a Mila card, the points will go to it on the day you leave. Pending points cannot be given away.",
  leaveGiftNote: "optional",
}

export const LEAVE: Readonly<Record<Locale, LeaveWords>> = { ru, be, en }
