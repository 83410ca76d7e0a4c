/** Names usual in France, so that lists look and sort as they do in a school. No real person is meant. */

const list = (names: string): readonly string[] => names.trim().split(/\s*,\s*/)

export const girls = list(`
  Jade, Louise, Ambre, Alba, Emma, Rose, Alice, Romy, Anna, Lina, Léna, Mia, Lou, Julia, Chloé, Agathe, Iris, Inès, Léa,
  Juliette, Nina, Zoé, Jeanne, Léonie, Eva, Charlie, Mila, Sofia, Margaux, Victoire, Olivia, Lucie, Camille, Manon, Sarah,
  Nour, Yasmine, Aïcha, Fatoumata, Mariam, Assia, Maëlys, Apolline, Capucine, Élise, Noémie, Salomé, Anaïs, Clémence, Maya
`)

export const boys = list(`
  Gabriel, Raphaël, Léo, Louis, Maël, Noah, Jules, Adam, Arthur, Isaac, Liam, Sacha, Gabin, Eden, Naël, Aaron, Paul, Malo,
  Nino, Marius, Victor, Marceau, Hugo, Léon, Martin, Tom, Ethan, Nolan, Mohamed, Ibrahim, Rayan, Yanis, Ilyès, Amadou,
  Côme, Augustin, Timéo, Théo, Axel, Antoine, Robin, Samuel, Valentin, Baptiste, Enzo, Mathis, Clément, Simon, Oscar, Élie
`)

export const women = list(`
  Sophie, Céline, Virginie, Stéphanie, Sandrine, Karine, Nathalie, Aurélie, Émilie, Élodie, Julie, Audrey, Laetitia, Caroline,
  Delphine, Claire, Hélène, Isabelle, Valérie, Christelle, Nadia, Samira, Fatima, Leïla, Aminata, Mélanie, Marion, Pauline,
  Cécile, Laurence, Florence, Agnès, Anne, Marie, Catherine, Séverine, Magali, Bénédicte, Khadija, Thi Mai
`)

export const men = list(`
  Nicolas, Sébastien, David, Christophe, Frédéric, Stéphane, Laurent, Olivier, Julien, Jérôme, Guillaume, Thomas, Vincent,
  Cédric, Ludovic, Fabrice, Grégory, Mickaël, Benoît, Mathieu, Karim, Rachid, Mehdi, Moussa, Ousmane, Philippe, Éric, Pascal,
  Thierry, François, Emmanuel, Yann, Loïc, Arnaud, Damien, Romain, Anthony, Jean-Marc, Pierre-Yves, Minh
`)

export const surnames = list(`
  Martin, Bernard, Thomas, Petit, Robert, Richard, Durand, Dubois, Moreau, Laurent, Simon, Michel, Lefebvre, Leroy, Roux,
  David, Bertrand, Morel, Fournier, Girard, Bonnet, Dupont, Lambert, Fontaine, Rousseau, Vincent, Muller, Lefèvre, Faure,
  André, Mercier, Blanc, Guérin, Boyer, Garnier, Chevalier, François, Legrand, Gauthier, Garcia, Perrin, Robin, Clément,
  Morin, Nicolas, Henry, Roussel, Mathieu, Gautier, Masson, Marchand, Duval, Denis, Dumont, Marie, Lemaire, Noël, Meyer,
  Dufour, Meunier, Brun, Blanchard, Giraud, Joly, Rivière, Lucas, Brunet, Gaillard, Barbier, Arnaud, Martinez, Gérard, Roche,
  Renard, Schmitt, Roy, Leroux, Colin, Vidal, Caron, Picard, Roger, Fabre, Aubert, Lemoine, Renaud, Dumas, Lacroix, Olivier,
  Philippe, Bourgeois, Pierre, Benoît, Rey, Leclerc, Payet, Rolland, Leclercq, Guillaume, Lecomte, Lopez, Jean, Dupuy, Guillot,
  Hubert, Berger, Carpentier, Sanchez, Dupuis, Moulin, Louis, Deschamps, Huet, Vasseur, Perez, Boucher, Fleury, Royer, Klein,
  Jacquet, Adam, Paris, Poirier, Marty, Aubry, Guyot, Carré, Charles, Renault, Charpentier, Ménard, Maillard, Baron, Bertin,
  Bailly, Hervé, Schneider, Fernandez, Le Gall, Collet, Léger, Bouvier, Julien, Prévost, Millet, Perrot, Daniel, Cousin,
  Germain, Breton, Besson, Langlois, Rémy, Le Roux, Diallo, Traoré, Benali, Haddad, Nguyen, Da Silva, Ferreira, Cissé, Koné
`)
