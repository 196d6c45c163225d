import type { Locale } from "@mila/kernel"

const ru = {
  title: "Копия моих данных",
  lead: "Всё, что у нас есть о вас: имя и контакты, карты, чеки, бонусы, согласия, сообщения и кто в «Миле» это открывал. PDF удобно читать, JSON — перенести в другую программу.",
  rule: "Ссылка открывается один раз, в течение 15\u00a0минут и только на этом устройстве. Когда копию скачают, мы вам напишем.",
  ask: "Подготовить копию",
  again: "Подготовить заново",
  ready: "Копия готова: скачайте до {time}.",
  take: { pdf: "Скачать PDF", json: "Скачать JSON" },
  taken: { pdf: "PDF скачан", json: "JSON скачан" },
  keep: "В файле всё о вас: не пересылайте его и удалите, когда он больше не нужен.",
}
export type CopyWords = typeof ru
const be: CopyWords = {
  title: "Копія маіх даных",
  lead: "Усё, што ў нас ёсць пра вас: імя і кантакты, карткі, чэкі, бонусы, згоды, паведамленні і хто ў «Міле» гэта адкрываў. PDF зручна чытаць, JSON — перанесці ў іншую праграму.",
  rule: "Спасылка адкрываецца адзін раз, цягам 15\u00a0хвілін і толькі на гэтай прыладзе. Калі копію спампуюць, мы вам напішам.",
  ask: "Падрыхтаваць копію",
  again: "Падрыхтаваць нанова",
  ready: "Копія гатовая: спампуйце да {time}.",
  take: { pdf: "Спампаваць PDF", json: "Спампаваць JSON" },
  taken: { pdf: "PDF спампаваны", json: "JSON спампаваны" },
  keep: "У файле ўсё пра вас: не перасылайце яго і выдаліце, калі ён больш не патрэбны.",
}
const en: CopyWords = {
  title: "A copy of my data",
  lead: "Everything we hold about you: name and contacts, cards, receipts, points, consents, messages, and who at Mila has looked at it. PDF is for reading, JSON for moving to another service.",
  rule: "The link opens once, within 15\u00a0minutes and only on this device. When the copy is downloaded, we’ll let you know.",
  ask: "Prepare a copy",
  again: "Prepare again",
  ready: "Your copy is ready: download it by {time}.",
  take: { pdf: "Download PDF", json: "Download JSON" },
  taken: { pdf: "PDF downloaded", json: "JSON downloaded" },
  keep: "The file contains everything about you: don’t forward it, and delete it when you no longer need it.",
}
export const COPY: Readonly<Record<Locale, CopyWords>> = { ru, be, en }
