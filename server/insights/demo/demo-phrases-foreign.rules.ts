import type { Language } from "./demo-model.rules.ts";
import type { Cause } from "./demo-causes.rules.ts";

type Phrases = Partial<Record<Cause, readonly string[]>> & { generic_good: readonly string[]; generic_bad: readonly string[] };

/** The commonest causes in four more languages; a cause without phrases falls back to a general one of the same tone. */
export const foreignPhrases: Record<Exclude<Language, "en">, Phrases> = {
  no: {
    on_time: ["[Pakken|Varen] kom [akkurat|nøyaktig] da dere [sa|lovet]", "[rask|kjapp] levering[|, {days} dager fra bestilling]", "kom på [avtalt dag|dagen], [alt med|ingenting manglet]"],
    late: ["[pakken|varen] kom {days} dager [for sent|etter lovet dato]", "[tok fri|satt hjemme] og ventet, [ingen kom|ingen dukket opp]"],
    silent: ["[ingen|ikke én] [ga beskjed|sa fra] om [forsinkelsen|at den var forsinket]", "måtte [ringe|mase] {n} ganger for å få vite hvor pakken var"],
    app_crash: ["appen [krasjer|henger seg] [når jeg skal betale|etter oppdateringen]", "[får ikke|greier ikke å] betale i appen [lenger|etter siste oppdatering]"],
    kind: ["[hyggelig|blid] betjening i {shop}", "{agent} [hørte på meg|var veldig tålmodig]"],
    hold: ["ventet {minutes} minutter [i telefonkø|på telefonen]"],
    price_high: ["[blitt|har blitt] [for dyrt|dyrere enn andre]"],
    generic_good: ["[veldig|svært] [fornøyd|bra]", "[god|fin] butikk, [handler gjerne igjen|anbefales]", "[alt|det meste] [fungerer|er bra]"],
    generic_bad: ["[ikke bra nok|skuffet]", "[forventet|hadde ventet] mer [av dere|]", "[dårlig|elendig] service"],
  },
  de: {
    on_time: ["[Lieferung|Paket] kam [genau|pünktlich] am [zugesagten|versprochenen] Tag", "[schnelle|zügige] Lieferung[|, nach {days} Tagen da]", "[alles|Ware] vollständig und [pünktlich|rechtzeitig]"],
    late: ["[Paket|Ware] kam {days} Tage [zu spät|nach dem zugesagten Termin]", "[Urlaubstag genommen|den ganzen Tag gewartet], [niemand kam|es kam keiner]"],
    silent: ["[niemand|keiner] hat [Bescheid gesagt|mich informiert]", "musste {n} mal [nachfragen|anrufen], um zu [erfahren|hören], wo das Paket ist"],
    app_crash: ["[App|die App] [stürzt ab|hängt] [beim Bezahlen|seit dem Update]", "seit dem [letzten|neuen] Update [geht nichts mehr|kann ich nicht zahlen]"],
    kind: ["[sehr|wirklich] [freundliche|geduldige] [Beratung|Leute] in {shop}", "{agent} hat [zugehört|sich Zeit genommen]"],
    hold: ["{minutes} Minuten in der Warteschleife"],
    price_high: ["[mittlerweile|inzwischen] [zu teuer|überteuert]"],
    generic_good: ["[sehr|rundum] zufrieden", "[gerne wieder|immer wieder gern]", "[guter|toller] Laden, [klare Empfehlung|kann man empfehlen]"],
    generic_bad: ["[enttäuscht|leider enttäuschend]", "[nie|nicht] wieder", "[schlechter|mieser] Service"],
  },
  es: {
    on_time: ["[llegó|el paquete llegó] [justo|exactamente] el día [prometido|acordado]", "entrega [rápida|puntual][|, en {days} días]"],
    late: ["[llegó|el pedido llegó] {days} días [tarde|después de lo prometido]", "me quedé en casa [esperando|todo el día] y [no vino nadie|nadie apareció]"],
    silent: ["[nadie|ninguno] [me avisó|dijo nada] del retraso", "tuve que llamar {n} veces para saber dónde estaba"],
    app_crash: ["la aplicación [se cierra|se bloquea] [al pagar|desde la actualización]"],
    kind: ["[muy|todos muy] [amables|atentos] en {shop}", "{agent} me [escuchó|atendió con mucha paciencia]"],
    hold: ["{minutes} minutos de espera al teléfono"],
    generic_good: ["[muy|súper] [contenta|satisfecho]", "[lo recomiendo|volveré a comprar]", "todo [perfecto|bien]"],
    generic_bad: ["[decepcionado|una decepción]", "[no vuelvo|nunca más]", "[mal|pésimo] servicio"],
  },
  fr: {
    on_time: ["[colis|commande] [reçu|livrée] [pile|exactement] à la date [promise|prévue]", "livraison [rapide|à l'heure][|, {days} jours]"],
    late: ["[livré|arrivé] avec {days} jours de retard", "j'ai [attendu|patienté] toute la journée et [personne n'est venu|rien]"],
    silent: ["[personne|on] ne m'a [prévenu|rien dit] du retard", "j'ai dû appeler {n} fois pour savoir où était le colis"],
    app_crash: ["l'application [plante|se bloque] [au paiement|depuis la mise à jour]"],
    kind: ["[personnel|équipe] [très aimable|à l'écoute] à {shop}", "{agent} a été [très patiente|adorable]"],
    hold: ["{minutes} minutes d'attente au téléphone"],
    generic_good: ["[très|vraiment] [satisfaite|content]", "[je recommande|à recommander]", "[tout|rien à dire, tout] est parfait"],
    generic_bad: ["[déçu|très déçue]", "[plus jamais|à éviter]", "service [décevant|médiocre]"],
  },
};
