import { catalogue } from '../../platform/catalogue.ts'

/** Texts of files that are chosen in a form. */
export const texts = catalogue({
  fr: {
    'ui.files.label': 'Fichiers joints',
    'ui.files.most': '{most, number} au plus',
    'ui.files.refused':
      '«\u00a0{name}\u00a0» ne peut pas être joint\u00a0: il n’est plus dans votre espace, ou l’analyse ne l’a pas déclaré sain. Retirez-le pour continuer.',
    'ui.files.sending': 'Tout partira dès que les fichiers seront arrivés. Votre texte est gardé.',
    'ui.files.failed': 'Un fichier n’est pas parti. Réessayez, ou retirez-le. Votre texte est gardé.',
  },
  en: {
    'ui.files.label': 'Attachments',
    'ui.files.most': '{most, number} at most',
    'ui.files.refused':
      '“{name}” cannot be attached: it is not in your space any more, or was not found clean. Remove it to go on.',
    'ui.files.sending': 'All of it is sent as soon as the files have arrived. Your text is kept.',
    'ui.files.failed': 'A file was not sent. Try again, or remove it. Your text is kept.',
  },
})
