import { catalogue } from '../platform/catalogue.ts'

/** Home's own texts: its sections, which features fill. */
export const texts = catalogue({
  fr: {
    'home.hello': 'Bonjour {name}',
    'home.title': 'Bonjour',
    'home.due': 'À signer',
    'home.first': 'À lire d’abord',
    'home.latest': 'Nouveautés',
    'home.children': 'Vos enfants',
    'home.unread': '{count, plural, =0 {Tout est lu} one {# non lue} other {# non lues}}',
    'home.empty': 'Rien de nouveau',
    'home.empty.hint': 'Les informations de votre établissement s’afficheront ici.',
  },
  en: {
    'home.hello': 'Hello {name}',
    'home.title': 'Hello',
    'home.due': 'To sign',
    'home.first': 'To read first',
    'home.latest': 'What is new',
    'home.children': 'Your children',
    'home.unread': '{count, plural, =0 {All read} one {# unread} other {# unread}}',
    'home.empty': 'Nothing new',
    'home.empty.hint': 'What your school announces will appear here.',
  },
})
