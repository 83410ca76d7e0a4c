import { catalogue } from '../../platform/catalogue.ts'

/** What stands beside the form on a large screen. */
export const texts = catalogue({
  fr: {
    'news.beside.seen': 'Ce que l’on verra',
    'news.beside.title': 'Le titre',
    'news.beside.body': 'Le texte se montre ici à mesure que vous l’écrivez.',
    'news.beside.urgent': 'Urgent',
    'news.beside.before': 'avant {when}',
    'news.beside.sign': 'Signer',
    'news.beside.words': 'Quelques mots à écrire',
    'news.beside.reached': 'Qui est touché',
    'news.beside.nobody': 'Les destinataires que vous choisirez.',
    'news.beside.people': '{people, plural, =0 {Personne} one {# personne} other {# personnes}}',
  },
  en: {
    'news.beside.seen': 'What will be seen',
    'news.beside.title': 'The title',
    'news.beside.body': 'The text shows here as you write it.',
    'news.beside.urgent': 'Urgent',
    'news.beside.before': 'before {when}',
    'news.beside.sign': 'Sign',
    'news.beside.words': 'A few words to write',
    'news.beside.reached': 'Who is reached',
    'news.beside.nobody': 'The recipients that you will choose.',
    'news.beside.people': '{people, plural, =0 {Nobody} one {# person} other {# people}}',
  },
})
