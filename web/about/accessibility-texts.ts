import { catalogue } from '../platform/catalogue.ts'

/** The accessibility statement, in the form that the RGAA 4.1 prescribes. */
export const texts = catalogue(
  {
    fr: {
      'about.accessibility': 'Accessibilité',
      'about.accessibility.statement': 'Déclaration d’accessibilité',
      'about.accessibility.commitment':
        '{who} s’engage à rendre ce service accessible, conformément à l’article 47 de la loi n°\u00a02005-102 du 11 février 2005.',
      'about.accessibility.commitment.nobody':
        'Qui édite ce service s’engage à le rendre accessible, conformément à l’article 47 de la loi n°\u00a02005-102 du 11 février 2005.',
      'about.accessibility.plan': 'Schéma pluriannuel',
      'about.accessibility.actions': 'Plan d’actions de l’année',
      'about.accessibility.scope':
        'Cette déclaration s’applique à {service}, dont toutes les pages se trouvent à cette adresse.',
      'about.accessibility.state': 'État de conformité',
      'about.accessibility.full':
        'Ce service est en totale conformité avec le référentiel général d’amélioration de l’accessibilité (RGAA), version 4.1.',
      'about.accessibility.partial':
        'Ce service est en conformité partielle avec le référentiel général d’amélioration de l’accessibilité (RGAA), version 4.1, en raison de ce qui est énuméré ci-dessous.',
      'about.accessibility.none':
        'Ce service n’est pas en conformité avec le référentiel général d’amélioration de l’accessibilité (RGAA), version 4.1.',
      'about.accessibility.unknown':
        'Aucun résultat d’audit en cours de validité ne permet de mesurer le respect des critères.',
      'about.accessibility.results': 'Résultats des tests',
      'about.accessibility.met':
        'L’audit réalisé par {by} le {on} révèle que {met, number}\u00a0% des critères du RGAA sont respectés.',
      'about.accessibility.report': 'Rapport d’audit',
      'about.accessibility.no-audit': 'Aucun audit n’est renseigné par le territoire.',
      'about.accessibility.contents': 'Contenus non accessibles',
      'about.accessibility.failing': 'Non-conformités',
      'about.accessibility.exempted': 'Dérogations pour charge disproportionnée',
      'about.accessibility.outside': 'Contenus non soumis à l’obligation d’accessibilité',
      'about.accessibility.nothing': 'Rien n’est signalé.',
      'about.accessibility.made': 'Établissement de cette déclaration',
      'about.accessibility.stated': 'Établie le',
      'about.accessibility.changed': 'Mise à jour le',
      'about.accessibility.technologies': 'Technologies utilisées',
      'about.accessibility.readers': 'Navigateurs et lecteurs d’écran',
      'about.accessibility.tools': 'Outils d’évaluation',
      'about.accessibility.pages': 'Pages vérifiées',
      'about.accessibility.feedback': 'Retour d’information et contact',
      'about.accessibility.feedback.words':
        'Si vous n’arrivez pas à accéder à un contenu ou à un service, écrivez-nous\u00a0: vous serez orienté vers une autre façon d’y accéder, ou vous l’obtiendrez sous une autre forme.',
      'about.accessibility.remedies': 'Voies de recours',
      'about.accessibility.remedies.words':
        'Vous avez signalé un défaut d’accessibilité qui vous empêche d’accéder à un contenu ou à un service, et vous n’avez pas obtenu de réponse satisfaisante. Vous pouvez\u00a0:',
      'about.accessibility.remedies.write': 'écrire un message au Défenseur des droits\u00a0;',
      'about.accessibility.remedies.delegate': 'contacter son délégué près de chez vous\u00a0;',
      'about.accessibility.remedies.post': 'lui envoyer un courrier, sans timbre\u00a0:',
      'about.accessibility.designed': 'Ce qui a été fait',
      'about.accessibility.designed.words':
        'Préau est fait pour le clavier et les lecteurs d’écran, pour 320 pixels de large et un texte agrandi à 200\u00a0%, avec des contrastes d’au moins 4,5 pour 1. Un outil (axe) examine chaque page à chaque modification du logiciel. Cela ne remplace pas un audit.',
    },
    en: {
      'about.accessibility': 'Accessibility',
      'about.accessibility.statement': 'Accessibility statement',
      'about.accessibility.commitment':
        '{who} undertakes to make this service accessible, in accordance with article 47 of the French law no. 2005-102 of 11 February 2005.',
      'about.accessibility.commitment.nobody':
        'Who publishes this service undertakes to make it accessible, in accordance with article 47 of the French law no. 2005-102 of 11 February 2005.',
      'about.accessibility.plan': 'Plan over several years',
      'about.accessibility.actions': 'This year’s actions',
      'about.accessibility.scope': 'This statement applies to {service}, all of whose pages are at this address.',
      'about.accessibility.state': 'State of conformity',
      'about.accessibility.full':
        'This service conforms fully to the French accessibility framework (RGAA), version 4.1.',
      'about.accessibility.partial':
        'This service conforms partly to the French accessibility framework (RGAA), version 4.1, because of what is listed below.',
      'about.accessibility.none':
        'This service does not conform to the French accessibility framework (RGAA), version 4.1.',
      'about.accessibility.unknown': 'There is no valid audit by which it could be said how many criteria are met.',
      'about.accessibility.results': 'Results of tests',
      'about.accessibility.met': 'The audit by {by} of {on} finds that {met, number}% of the RGAA’s criteria are met.',
      'about.accessibility.report': 'Report of the audit',
      'about.accessibility.no-audit': 'The territory has filled in no audit.',
      'about.accessibility.contents': 'Contents that are not accessible',
      'about.accessibility.failing': 'Not conforming',
      'about.accessibility.exempted': 'Exempted for a disproportionate burden',
      'about.accessibility.outside': 'Outside the obligation',
      'about.accessibility.nothing': 'Nothing is reported.',
      'about.accessibility.made': 'How this statement was made',
      'about.accessibility.stated': 'Made on',
      'about.accessibility.changed': 'Changed on',
      'about.accessibility.technologies': 'Technologies used',
      'about.accessibility.readers': 'Browsers and screen readers',
      'about.accessibility.tools': 'Tools of evaluation',
      'about.accessibility.pages': 'Pages that were tested',
      'about.accessibility.feedback': 'Feedback and contact',
      'about.accessibility.feedback.words':
        'If you cannot reach something, write to us: you will be shown another way to it, or be given it in another form.',
      'about.accessibility.remedies': 'Remedies',
      'about.accessibility.remedies.words':
        'You reported a defect of accessibility that keeps you from something, and had no satisfying reply. You may:',
      'about.accessibility.remedies.write': 'write to the Défenseur des droits, the French ombudsman;',
      'about.accessibility.remedies.delegate': 'contact the delegate near you;',
      'about.accessibility.remedies.post': 'send a letter, without a stamp:',
      'about.accessibility.designed': 'What was done',
      'about.accessibility.designed.words':
        'Préau is made for the keyboard and screen readers, for a width of 320 pixels and text at 200%, with contrasts of 4.5 to 1 or more. A tool (axe) looks at every page at every change of the software. That does not replace an audit.',
    },
  },
  { apart: true },
)
