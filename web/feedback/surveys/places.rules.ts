/** A text whose places are shown by name where nobody's answers are known: "You said {{nps}}" as "You said [1. How likely …]".
 *  @param name what to show for a place such as "nps" or "trait.first_name"; the words after "|" are used when it is a trait */
export const withNamedPlaces = (text: string, name: (place: string) => string): string =>
  text.replace(/\{\{\s*([^{}|]{1,90}?)\s*(?:\|([^{}]{0,200}))?\}\}/g, (_all, place: string, fallback: string | undefined) =>
    place.startsWith("trait.") && fallback !== undefined ? fallback.trim() : name(place));
