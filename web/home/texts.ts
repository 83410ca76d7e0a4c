import { catalogue } from '../platform/catalogue.ts'

/** Home's own texts: its sections, which features fill. */
export const texts = catalogue({
  fr: {
    'home.title': 'Accueil',
    'home.for': '{name}, pour {children}',
    'home.and': '{names} et {last}',
    'home.due': 'À signer',
    'home.due.count': '{count, plural, one {# mot} other {# mots}}',
    'home.due.next': 'Ensuite',
    'home.due.all': '{count, plural, one {Voir l’autre} other {Voir les # autres}}',
    'home.first': 'À lire d’abord',
    'home.unread': 'À lire',
    'home.read': 'Déjà lues',
    'home.latest': 'Les plus récentes',
    'home.children': 'Vos enfants',
    'home.empty': 'Rien de nouveau',
    'home.empty.hint': 'Les informations de votre établissement s’afficheront ici.',
  },
  en: {
    'home.title': 'Home',
    'home.for': '{name}, for {children}',
    'home.and': '{names} and {last}',
    'home.due': 'To sign',
    'home.due.count': '{count, plural, one {# notice} other {# notices}}',
    'home.due.next': 'Then',
    'home.due.all': '{count, plural, one {See the other one} other {See the # others}}',
    'home.first': 'To read first',
    'home.unread': 'To read',
    'home.read': 'Read before',
    'home.latest': 'The latest',
    'home.children': 'Your children',
    'home.empty': 'Nothing new',
    'home.empty.hint': 'What your school announces will appear here.',
  },
})
