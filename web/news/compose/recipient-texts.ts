import { catalogue } from '../../platform/catalogue.ts'

/** Saved lists of recipients, and who is reached by name. */
export const texts = catalogue({
  fr: {
    'news.lists.saved': 'Mes listes de destinataires',
    'news.lists.use': 'Choisir\u00a0: {name}',
    'news.lists.remove': 'Supprimer la liste {name}',
    'news.lists.gone':
      '{count, plural, one {# destinataire de cette liste n’est plus proposé} other {# destinataires de cette liste ne sont plus proposés}}',
    'news.lists.new': 'Nom de la liste',
    'news.lists.new.hint': 'Elle garde les destinataires choisis ci-dessus, pour vous seul.',
    'news.lists.new.missing': 'Donnez un nom à la liste.',
    'news.lists.new.nobody': 'Choisissez d’abord des destinataires.',
    'news.lists.save': 'Enregistrer la liste',
    'news.lists.done': 'Liste enregistrée\u00a0: {name}',
    'news.lists.removed': 'Liste supprimée\u00a0: {name}',
    'news.reached': 'Voir qui sera touché',
    'news.reached.people': '{people, plural, =0 {Personne} one {# personne} other {# personnes}}',
    'news.reached.for': 'pour {children}',
  },
  en: {
    'news.lists.saved': 'My lists of recipients',
    'news.lists.use': 'Choose: {name}',
    'news.lists.remove': 'Delete the list {name}',
    'news.lists.gone':
      '{count, plural, one {# recipient of this list is no longer offered} other {# recipients of this list are no longer offered}}',
    'news.lists.new': 'Name of the list',
    'news.lists.new.hint': 'It keeps the recipients chosen above, for you alone.',
    'news.lists.new.missing': 'Give the list a name.',
    'news.lists.new.nobody': 'Choose recipients first.',
    'news.lists.save': 'Save the list',
    'news.lists.done': 'List saved: {name}',
    'news.lists.removed': 'List deleted: {name}',
    'news.reached': 'See who will be reached',
    'news.reached.people': '{people, plural, =0 {Nobody} one {# person} other {# people}}',
    'news.reached.for': 'for {children}',
  },
})
