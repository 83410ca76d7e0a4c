import { catalogue } from '../../platform/catalogue.ts'

/** Texts of files that are kept on this device until they are sent. */
export const texts = catalogue({
  fr: {
    'ui.device.waiting': 'En attente du réseau',
    'ui.device.soon': 'Nouvel essai dans un moment',
    'ui.device.kept': 'Gardé sur cet appareil',
    'ui.device.preparing': 'Préparation de l’envoi',
    'ui.device.sending': '{sent} sur {length} envoyés',
    'ui.device.arriving': 'Vérification',
    'ui.device.arrived': 'Envoyé',
    'ui.device.unkept':
      'Cet appareil ne peut pas garder ce fichier\u00a0: son espace est plein, ou refusé. Laissez cette page ouverte jusqu’à l’envoi, ou enregistrez-le.',
    'ui.device.missing': 'Ce fichier n’est plus sur cet appareil. Choisissez-le de nouveau.',
    'ui.device.file-too-large': 'Pas envoyé\u00a0: ce fichier fait {needed}, le plus grand accepté fait {rest}.',
    'ui.device.space-full':
      'Pas envoyé\u00a0: ce fichier fait {needed}, il ne reste que {rest} dans votre espace Documents. Faites-y de la place.',
    'ui.device.refused-type': 'Pas envoyé\u00a0: le contenu de ce fichier ne correspond pas à son type.',
    'ui.device.refused-damaged': 'Pas envoyé\u00a0: ce fichier est arrivé abîmé.',
    'ui.device.save': 'Enregistrer',
    'ui.device.retry': 'Réessayer',
  },
  en: {
    'ui.device.waiting': 'Waiting for the network',
    'ui.device.soon': 'Tried again in a moment',
    'ui.device.kept': 'Kept on this device',
    'ui.device.preparing': 'Being prepared',
    'ui.device.sending': '{sent} of {length} sent',
    'ui.device.arriving': 'Being checked',
    'ui.device.arrived': 'Sent',
    'ui.device.unkept':
      'This device cannot keep this file: its space is full, or refused. Leave this page open until it is sent, or save it.',
    'ui.device.missing': 'This file is not on this device any more. Choose it again.',
    'ui.device.file-too-large': 'Not sent: this file has {needed}, the largest taken has {rest}.',
    'ui.device.space-full':
      'Not sent: this file has {needed}, only {rest} are left in your documents. Make room there.',
    'ui.device.refused-type': 'Not sent: what is in this file does not fit its type.',
    'ui.device.refused-damaged': 'Not sent: this file arrived damaged.',
    'ui.device.save': 'Save',
    'ui.device.retry': 'Try again',
  },
})
