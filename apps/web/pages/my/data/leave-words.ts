import type { Locale } from "@mila/kernel"

// Leaving the programme: what goes, what stays and why, and what may be given away.

const ru = {
  leaveTitle: "Выход из программы",
  leaveGoes: "Что исчезнет",
  leaveGoesSays: "Имя, телефон, почта, карты, согласия и {points}.",
  leaveGoesBare: "Имя, телефон, почта, карты и согласия.",
  leaveStays: "Что останется и почему",
  leaveStaysSays:
    "Чеки и записи о бонусах — без вашего имени: этого требует бухгалтерский учёт. Отпечаток номера — чтобы приветственные бонусы не выдать дважды и не писать вам снова.",
  leaveSpend: "Потратьте бонусы до выхода: показать карту",
  leaveSure: "Понимаю: что не потрачено и не подарено, аннулируется",
  leaveDo: "Выйти через 3 дня",
  leaveGrace:
    "Будет три дня, чтобы передумать: до этого ничего не удалится, карта работает, и отменить можно одним касанием. О выходе сообщим по SMS и на почту.",
  leaveGift: "Подарить доступные бонусы",
  leaveGiftSays:
    "Напишите номер телефона. Если у него есть карта «Мила», в день выхода бонусы перейдут на неё. Ожидающие бонусы подарить нельзя.",
  leaveGiftNote: "по желанию",
}
export type LeaveWords = typeof ru

const be: LeaveWords = {
  leaveTitle: "Выхад з праграмы",
  leaveGoes: "Што знікне",
  leaveGoesSays: "Імя, тэлефон, пошта, карты, згоды і {points}.",
  leaveGoesBare: "Імя, тэлефон, пошта, карты і згоды.",
  leaveStays: "Што застанецца і чаму",
  leaveStaysSays:
    "Чэкі і запісы пра бонусы — без вашага імя: гэтага патрабуе бухгалтарскі ўлік. Адбітак нумара — каб вітальныя бонусы не выдаць двойчы і не пісаць вам зноў.",
  leaveSpend: "Патрацьце бонусы да выхаду: паказаць карту",
  leaveSure: "Разумею: што не патрачана і не падаравана, анулюецца",
  leaveDo: "Выйсці праз 3 дні",
  leaveGrace:
    "Будзе тры дні, каб перадумаць: да гэтага нічога не выдаліцца, карта працуе, і адмяніць можна адным дотыкам. Пра выхад паведамім па SMS і на пошту.",
  leaveGift: "Падарыць даступныя бонусы",
  leaveGiftSays:
    "Напішыце нумар тэлефона. Калі ў яго ёсць карта «Міла», у дзень выхаду бонусы пяройдуць на яе. Бонусы, што чакаюць, падарыць нельга.",
  leaveGiftNote: "па жаданні",
}

const en: LeaveWords = {
  leaveTitle: "Leaving the programme",
  leaveGoes: "What goes",
  leaveGoesSays: "Name, phone, e-mail, cards, consents and {points}.",
  leaveGoesBare: "Name, phone, e-mail, cards and consents.",
  leaveStays: "What stays and why",
  leaveStaysSays:
    "Receipts and records of points, without your name: accounting law asks for them. A fingerprint of the number, so that nobody is welcomed twice and you are not written to again.",
  leaveSpend: "Spend your points before you leave: show the card",
  leaveSure: "I understand: what is neither spent nor given away is cancelled",
  leaveDo: "Leave in 3 days",
  leaveGrace:
    "You have three days to change your mind: until then nothing is deleted, the card works, and one touch takes it back. We send word by SMS and e-mail.",
  leaveGift: "Give the available points away",
  leaveGiftSays: "Write a phone number. If it has a Mila card, the points go to it on the day you leave. Pending points cannot be given.",
  leaveGiftNote: "optional",
}

export const LEAVE: Readonly<Record<Locale, LeaveWords>> = { ru, be, en }
