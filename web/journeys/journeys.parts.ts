export { WordsOnMaps } from "./maps/WordsOnMaps.tsx";
