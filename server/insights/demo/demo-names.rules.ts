import type { Language } from "./demo-model.rules.ts";

// Common names of the countries the demo company sells to; any likeness to a living person is chance.
const nordicFirst = ["Anna", "Lars", "Ingrid", "Ole", "Kari", "Erik", "Maja", "Nils", "Astrid", "Henrik", "Sigrid", "Jakob", "Emma", "Oskar", "Frida", "Magnus", "Linnea", "Anders", "Solveig", "Tobias", "Karin", "Mikkel", "Freja", "Svein", "Hanne", "Elias", "Marit", "Gustav", "Thea", "Knut", "Signe", "Viktor", "Ida", "Halvor", "Nora", "Per", "Selma", "Rolf", "Tuva", "Bjørn"];
const nordicLast = ["Hansen", "Johansson", "Olsen", "Larsen", "Andersen", "Nilsson", "Berg", "Haugen", "Pedersen", "Lindqvist", "Kristensen", "Johnsen", "Bakke", "Sørensen", "Eriksson", "Moen", "Holm", "Nygård", "Lund", "Dahl", "Strand", "Solberg", "Ekström", "Myhre", "Fossum", "Rasmussen", "Bergman", "Vik", "Aune", "Thorsen", "Iversen", "Knudsen", "Sandberg", "Lie", "Tangen", "Wikström"];
const britishFirst = ["Oliver", "Grace", "Harry", "Chloe", "Thomas", "Ruby", "Samuel", "Priya", "Daniel", "Zara", "Liam", "Aisha", "George", "Fatima", "Rebecca", "Callum", "Megan", "Owen", "Hassan", "Niamh", "Kieran", "Joanne", "Stuart", "Denise", "Patrick", "Yusuf", "Hannah", "Colin", "Leila", "Martin"];
const britishLast = ["Walker", "Hughes", "Patel", "Murphy", "Clarke", "Ahmed", "Bennett", "Foster", "Kelly", "Shah", "Cooper", "Reid", "Morris", "Hussain", "Gallagher", "Watson", "Price", "Singh", "Barker", "Byrne", "Dixon", "Malik", "Harvey", "Webb", "Lowe", "Quinn", "Stone", "Rowe"];
const germanFirst = ["Lukas", "Sabine", "Jonas", "Petra", "Felix", "Katrin", "Moritz", "Heike", "Jürgen", "Birgit", "Lena", "Stefan"];
const germanLast = ["Müller", "Schneider", "Weber", "Becker", "Hoffmann", "Koch", "Richter", "Krüger", "Vogel", "Brandt", "Seidel", "Lorenz"];
const spanishFirst = ["Lucía", "Carlos", "Marta", "Javier", "Elena", "Diego", "Carmen", "Pablo"];
const spanishLast = ["García", "Fernández", "López", "Martín", "Romero", "Navarro", "Ortega", "Vidal"];
const frenchFirst = ["Camille", "Julien", "Claire", "Mathieu", "Élodie", "Antoine", "Sophie", "Luc"];
const frenchLast = ["Martin", "Bernard", "Moreau", "Lefèvre", "Girard", "Fontaine", "Chevalier", "Perrin"];

/** First and last names to draw from, by the language a customer writes in. English is the shop's common language, so it mixes. */
export const firstNames: Record<Language, readonly string[]> = {
  en: [...nordicFirst, ...britishFirst], no: nordicFirst, de: germanFirst, es: spanishFirst, fr: frenchFirst,
};
export const lastNames: Record<Language, readonly string[]> = {
  en: [...nordicLast, ...britishLast], no: nordicLast, de: germanLast, es: spanishLast, fr: frenchLast,
};

/** Mail providers that only exist in documentation (RFC 2606), so no demo mail can reach anybody. */
export const mailDomains = ["post.example", "mail.example", "inbox.example", "fjord.example", "home.example.org"] as const;

export const businessNames = ["Fjordhytte Rental", "Kaffebrenneriet Vest", "Bryggen Hostel", "Lofoten Guides", "Nordre Design Studio", "Havn Cowork", "Tind Outdoor School", "Skogkant Kindergarten", "Viken Event", "Polar Cabins", "Elvebredden Hotel", "Sund Catering"] as const;

/** Lower-case letters a to z only, for the local part of an e-mail address. */
export const plainLetters = (name: string): string =>
  name.toLowerCase().replace(/ø/g, "o").replace(/æ/g, "ae").normalize("NFD").replace(/[^a-z]/g, "");
