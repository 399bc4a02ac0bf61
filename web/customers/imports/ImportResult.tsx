import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { download } from "../../shell/downloads.ts";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { Stat } from "../../ui/Stat.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type ImportDetail, refusedRowsAddress } from "./imports.data.ts";
import { importsTexts } from "./imports.texts.ts";
import { RefusalList } from "./RefusalList.tsx";
import styles from "./Imports.module.css";

/** What an import added, what it refused and where to look at it. */
export const ImportResult = ({ detail }: { detail: ImportDetail }) => {
  const t = useTexts(importsTexts);
  const mayReadPaths = useAbility("paths.read");
  const mayReadComments = useAbility("comments.read");
  const hasComments = detail.mapping.columns.some(({ use }) => use.use === "comment");
  const title = detail.state === "failed" ? t("failedTitle") : detail.state === "paused" ? t("pausedTitle") : t("doneTitle");
  return (
    <Card title={title}>
      <div className={styles.stack}>
        {detail.fault !== null && <p className="form-failure" role="alert">{detail.fault.message}</p>}
        <div className={styles.stats}>
          <Stat label={t("facts")} value={formatNumber(detail.rowsAccepted)} />
          <Stat label={t("feelingsAdded")} value={formatNumber(detail.perceptionsAdded)} />
          <Stat label={t("repeated")} value={formatNumber(detail.rowsRepeated)} />
          <Stat label={t("refusedRows")} value={formatNumber(detail.rowsRefused)} />
        </div>
        {detail.rowsWithoutCustomer > 0 && <p className={styles.plain}>{t("withoutCustomer", { count: detail.rowsWithoutCustomer })}</p>}
        {detail.rowsLeftOut > 0 && <p className={styles.plain}>{t("leftOut", { count: detail.rowsLeftOut })}</p>}
        {detail.rowsRefused > 0 && <p className={styles.plain}>{t("refusedWhy", { count: detail.rowsRefused })}</p>}
        <RefusalList refusals={detail.refusals} />
        <div className={styles.actions}>
          {detail.rowsRefused > 0 && (
            <Button component="a" href={refusedRowsAddress(detail.id)} download onClick={download} variant="default" leftSection={<IconDownload size={14} aria-hidden />}>
              {t("download")}
            </Button>
          )}
          {/* Files are often of years ago, when the last 90 days would be empty. */}
          {detail.perceptionsAdded > 0 && <Button variant="default" renderRoot={(props) => <Link {...props} to="/" search={{ period: "all" }} />}>{t("seeScores")}</Button>}
          {detail.perceptionsAdded > 0 && hasComments && mayReadComments && <Button variant="default" renderRoot={(props) => <Link {...props} to="/comments" search={{ period: "all" }} />}>{t("seeComments")}</Button>}
          {detail.rowsAccepted > 0 && mayReadPaths && <Button variant="default" renderRoot={(props) => <Link {...props} to="/paths" search={{ period: "all" }} />}>{t("seePaths")}</Button>}
          {detail.rowsAccepted > 0 && <Button component={Link} to="/customers" variant="default">{t("seeCustomers")}</Button>}
        </div>
      </div>
    </Card>
  );
};
