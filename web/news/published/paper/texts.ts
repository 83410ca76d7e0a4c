import { catalogue } from '../../../platform/catalogue.ts'

/** What comes back on paper. */
export const texts = catalogue({
  fr: {
    'news.paper.enter': 'Saisir le papier',
    'news.paper.enter.for': 'Saisir le papier de {name}',
    'news.paper.correct': 'Corriger le papier',
    'news.paper.correct.for': 'Corriger le papier de {name}',
    'news.paper.title': 'Papier de {name}',
    'news.paper.words': 'Mots écrits sur le papier',
    'news.paper.words.optional': 's’il y en a',
    'news.paper.words.missing': 'Écrivez la réponse qui est sur le papier.',
    'news.paper.text': 'Réponse écrite sur le papier',
    'news.paper.save': 'Enregistrer cette réponse',
    'news.paper.signed': 'Enregistrer la signature',
    'news.paper.hint': 'La saisie compte comme signature. L’établissement voit qui l’a faite et quand.',
    'news.paper.done': 'Papier enregistré\u00a0: {name}',
    'news.paper.entered': 'Papier saisi par {name}, {when}',
    'news.paper.entered.by-former': 'Papier saisi par une personne qui n’est plus ici, {when}',
    'news.paper.changed': 'Le texte a changé depuis que cette page est ouverte. Rechargez-la avant de saisir.',
    'news.paper.conflict':
      'Cette actualité n’est plus en ligne, ou quelqu’un vient de saisir ce papier. Rechargez la page.',
  },
  en: {
    'news.paper.enter': 'Enter the paper',
    'news.paper.enter.for': 'Enter the paper of {name}',
    'news.paper.correct': 'Correct the paper',
    'news.paper.correct.for': 'Correct the paper of {name}',
    'news.paper.title': 'Paper of {name}',
    'news.paper.words': 'Words written on the paper',
    'news.paper.words.optional': 'if there are any',
    'news.paper.words.missing': 'Write the answer that is on the paper.',
    'news.paper.text': 'Answer written on the paper',
    'news.paper.save': 'Save this answer',
    'news.paper.signed': 'Save the signature',
    'news.paper.hint': 'What you enter counts as a signature. The school sees who entered it and when.',
    'news.paper.done': 'Paper saved: {name}',
    'news.paper.entered': 'Paper entered by {name}, {when}',
    'news.paper.entered.by-former': 'Paper entered by somebody who is no longer here, {when}',
    'news.paper.changed': 'The text has changed since this page was opened. Reload it before you enter anything.',
    'news.paper.conflict': 'This is no longer published, or somebody has just entered this paper. Reload the page.',
  },
})
