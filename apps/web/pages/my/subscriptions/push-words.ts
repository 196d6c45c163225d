import type { Locale } from "@mila/kernel"

/** Notifications of this device: what stands beside the button, in each state a browser may be in. */
const ru = {
  title: "Уведомления на этом устройстве",
  says: "О бонусах, картах и входе — сразу и бесплатно. Реклама в них приходит, только если вы включили её выше.",
  abroad:
    "Их доставляет служба производителя браузера (Google, Apple, Mozilla или Microsoft), она за границей; текст зашифрован, прочесть его может только ваш браузер.",
  turnOn: "Включить уведомления",
  asking: "Включаем…",
  states: {
    unknown: "Чтобы включить уведомления, нужен JavaScript.",
    off: "На этом устройстве уведомления выключены.",
    on: "На этом устройстве уведомления включены.",
    denied: "Браузер запретил уведомления для этого сайта. Разрешите их в настройках сайта (значок слева от адреса) и вернитесь сюда.",
    unsupported: "Этот браузер не умеет показывать уведомления. Важное придёт по SMS и на почту.",
    home_screen:
      "На iPhone и iPad сначала добавьте «Милу» на экран «Домой»: «Поделиться» → «На экран „Домой“». Потом откройте её оттуда и включите уведомления.",
    failed: "Не получилось: служба уведомлений браузера не ответила. Попробуйте позже.",
  },
  places: "Где уведомления включены",
  here: "это устройство",
  since: "с {at}",
  turnOff: "Выключить",
}
export type PushWords = typeof ru
const be: PushWords = {
  title: "Апавяшчэнні на гэтай прыладзе",
  says: "Пра бонусы, карткі і ўваход — адразу і бясплатна. Рэклама ў іх прыходзіць, толькі калі вы ўключылі яе вышэй.",
  abroad:
    "Іх дастаўляе служба вытворцы браўзера (Google, Apple, Mozilla або Microsoft), яна за мяжой; тэкст зашыфраваны, прачытаць яго можа толькі ваш браўзер.",
  turnOn: "Уключыць апавяшчэнні",
  asking: "Уключаем…",
  states: {
    unknown: "Каб уключыць апавяшчэнні, патрэбны JavaScript.",
    off: "На гэтай прыладзе апавяшчэнні выключаны.",
    on: "На гэтай прыладзе апавяшчэнні ўключаны.",
    denied: "Браўзер забараніў апавяшчэнні для гэтага сайта. Дазвольце іх у наладах сайта (значок злева ад адраса) і вярніцеся сюды.",
    unsupported: "Гэты браўзер не ўмее паказваць апавяшчэнні. Важнае прыйдзе па SMS і на пошту.",
    home_screen:
      "На iPhone і iPad спачатку дадайце «Мілу» на экран «Дадому»: «Падзяліцца» → «На экран „Дадому“». Потым адкрыйце яе адтуль і ўключыце апавяшчэнні.",
    failed: "Не атрымалася: служба апавяшчэнняў браўзера не адказала. Паспрабуйце пазней.",
  },
  places: "Дзе апавяшчэнні ўключаны",
  here: "гэта прылада",
  since: "з {at}",
  turnOff: "Выключыць",
}
const en: PushWords = {
  title: "Notifications on this device",
  says: "About points, cards and sign-ins: at once and free of charge. You’ll get advertising here only if you turned it on above.",
  abroad:
    "They are delivered by your browser maker’s service (Google, Apple, Mozilla or Microsoft) abroad; the text is encrypted, and only your browser can read it.",
  turnOn: "Turn on notifications",
  asking: "Turning on…",
  states: {
    unknown: "Turning on notifications needs JavaScript.",
    off: "Notifications are off for this device.",
    on: "Notifications are on for this device.",
    denied:
      "The browser blocks notifications for this site. Allow them in the site settings (the icon to the left of the address) and come back here.",
    unsupported: "This browser cannot show notifications. Important messages will come by SMS and e-mail.",
    home_screen:
      "On an iPhone or iPad, first add Mila to the home screen: Share → Add to Home Screen. Then open it from there and turn on notifications.",
    failed: "It did not work: the browser’s notification service did not answer. Try again later.",
  },
  places: "Where notifications are on",
  here: "this device",
  since: "since {at}",
  turnOff: "Turn off",
}
export const PUSH: Readonly<Record<Locale, PushWords>> = { ru, be, en }
