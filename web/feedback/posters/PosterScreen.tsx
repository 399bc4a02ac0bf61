import { Button, SegmentedControl } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { qrUrl, usePoster } from "./posters.data.ts";
import classes from "./PosterScreen.module.css";
import { postersTexts } from "./posters.texts.ts";

const SIZES = ["big", "half", "small"] as const;
type Size = (typeof SIZES)[number];

/** A poster as it is printed: nothing of the product but the sheet goes to the printer. */
export const PosterScreen = () => {
  const t = useTexts(postersTexts);
  const { posterId = "" } = useParams({ strict: false });
  const poster = usePoster(posterId);
  const [size, setSize] = useState<Size>("big");
  if (poster.isPending) return <Loading kind="page" />;
  if (poster.error !== null) return <ErrorState error={poster.error} onRetry={() => void poster.refetch()} />;
  const { place, headline, invitation, url } = poster.data;
  return (
    <>
      <PageHeader
        title={t("printTitle", { place })}
        back={<Link to="/kiosks">{t("back")}</Link>}
        actions={<Button leftSection={<IconPrinter size={14} aria-hidden />} onClick={() => window.print()}>{t("printNow")}</Button>}
      />
      <SegmentedControl className={classes.sizes} aria-label={t("size")} value={size} data={SIZES.map((value) => ({ value, label: t(value) }))}
        onChange={(value) => setSize(SIZES.find((one) => one === value) ?? "big")} />
      <article className={`${classes.sheet} ${classes[size]}`}>
        <p className={classes.headline}>{headline}</p>
        <img className={classes.code} src={qrUrl(posterId)} alt={t("qrAlt", { url })} />
        <p className={classes.invitation}>{invitation}</p>
        <p className={classes.address}>{url.replace(/^https?:\/\//, "")}</p>
      </article>
    </>
  );
};
