import { catalogue } from '../../platform/catalogue.ts'

/** Texts of what a teacher set. */
export const texts = catalogue({
  fr: {
    'work.mine.empty': 'Vous n’avez rien noté pour cette semaine',
    'work.mine.empty.hint': 'Ce que vous donnez à faire, et ce que vous avez fait en classe, s’affichera ici.',
    'work.mine.done': '{done, plural, =0 {personne n’a coché} one {# élève a coché} other {# élèves ont coché}}',
    'work.mine.session': 'Fait en classe',
    'work.mine.yearBefore': 'La même semaine, un an avant',
    'work.state.scheduled': 'Visible {when}',
    'work.state.removed': 'Retiré',
    'work.piece.back': 'Travail',
    'work.piece.edit': 'Modifier',
    'work.piece.copy': 'Donner aussi',
    'work.piece.remove': 'Retirer',
    'work.piece.restore': 'Remettre',
    'work.piece.removed':
      '{done, plural, =0 {Retiré.} one {Retiré. # élève l’avait coché.} other {Retiré. # élèves l’avaient coché.}}',
    'work.piece.removed.kept':
      '{handedIn, plural, one {# copie rendue est gardée.} other {# copies rendues sont gardées.}}',
    'work.piece.collected': 'Copies',
    'work.piece.restored': 'Remis, avec ce qui était coché.',
    'work.piece.ticked': 'Élèves qui ont coché',
    'work.piece.left': 'n’est plus dans la classe',
    'work.piece.nobody': 'Personne n’a encore coché.',
    'work.piece.unnamed':
      '{done, plural, one {# élève a coché.} other {# élèves ont coché.}} Leurs noms ne s’affichent que tant que vous enseignez dans la classe.',
    'work.piece.for': '{group}, pour {day}',
    'work.piece.in': '{group}, {day}',
  },
  en: {
    'work.mine.empty': 'You have noted nothing for this week',
    'work.mine.empty.hint': 'What you set, and what you did in class, will be shown here.',
    'work.mine.done':
      '{done, plural, =0 {nobody has ticked it} one {# pupil has ticked it} other {# pupils have ticked it}}',
    'work.mine.session': 'Done in class',
    'work.mine.yearBefore': 'The same week, a year before',
    'work.state.scheduled': 'Visible {when}',
    'work.state.removed': 'Taken back',
    'work.piece.back': 'Work',
    'work.piece.edit': 'Change',
    'work.piece.copy': 'Set again',
    'work.piece.remove': 'Take back',
    'work.piece.restore': 'Bring back',
    'work.piece.removed':
      '{done, plural, =0 {Taken back.} one {Taken back. # pupil had ticked it.} other {Taken back. # pupils had ticked it.}}',
    'work.piece.removed.kept': '{handedIn, plural, one {# hand-in is kept.} other {# hand-ins are kept.}}',
    'work.piece.collected': 'Hand-ins',
    'work.piece.restored': 'Brought back, with what was ticked.',
    'work.piece.ticked': 'Pupils who ticked it',
    'work.piece.left': 'is not in the class any more',
    'work.piece.nobody': 'Nobody has ticked it yet.',
    'work.piece.unnamed':
      '{done, plural, one {# pupil has ticked it.} other {# pupils have ticked it.}} Their names are shown while you teach the class.',
    'work.piece.for': '{group}, for {day}',
    'work.piece.in': '{group}, {day}',
  },
})
