// library: qtsql
#include <QDateTime>
#include <QDebug>
#include <QHash>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QVector>

#include <functional>
#include <memory>
#include <thread>

class DbRecord {
public:
    QVariant value(const QString& field) const noexcept;
};

class DbLink {
public:
    DbLink() noexcept;
    DbLink(const DbLink& other) noexcept;
    DbLink& operator=(const DbLink& other) noexcept;
    ~DbLink();

    static DbLink named(const QString& name) noexcept;
    static DbLink addLink(const QString& driver, const QString& name) noexcept;
    static void removeLink(const QString& name) noexcept;

    void setHost(const QString& host) noexcept;
    bool open() noexcept;
    bool isOpen() const noexcept;
    void close() noexcept;

    bool transaction() noexcept;
    bool commit() noexcept;
    bool rollback() noexcept;
    QString lastError() const noexcept;
};

class DbQuery {
public:
    explicit DbQuery(const DbLink& link = DbLink::named(QStringLiteral("default"))) noexcept;
    ~DbQuery();
    bool prepare(const QString& text) noexcept;
    void bind(const QVariant& value) noexcept;
    bool exec() noexcept;
    bool exec(const QString& text) noexcept;
    bool next() noexcept;
    QVariant value(int column) const noexcept;
    DbRecord record() const noexcept;
    QString lastError() const noexcept;
};

class DbScope {
public:
    explicit DbScope(DbLink& link) noexcept;
    DbScope(const DbScope&) = delete;
    ~DbScope();
    bool isActive() const noexcept;
    bool commit() noexcept;
    void rollback() noexcept;
};

struct Sample {
    int id = 0;
    QString barcode;
    QString material;
    QVector<double> values;
};

struct LabSettings {
    QString host;
    QString instrument;
    int maxRetries = 2;
    bool keepRaw = true;
};

class SampleStore {
public:
    SampleStore(const DbLink& link, LabSettings settings) : m_db(link), m_settings(std::move(settings)) {}

    bool registerSample(const Sample& sample);
    bool storeValues(const Sample& sample);
    bool discard(int id, const QString& reason);
    bool validate(int id, const QString& who);
    int importBatch(const QVector<Sample>& batch);
    bool mergePatients(int keep, int drop);
    bool relabel(const QHash<QString, QString>& renames);
    QString patientOf(int sample);
    bool release(int id);
    bool archive(const QVector<int>& ids);
    bool setMaterial(int id, const QString& material);
    bool recalcReference(const QString& analyte);
    bool calibrate(const QVector<double>& points);
    void onInstrumentMessage(const QString& line);
    bool resetWorklist();
    bool beginEdit();
    bool applyEdit(int id, const QString& field, const QVariant& value);
    bool endEdit(bool keep);
    bool splitAliquots(int id, int count);

private:
    bool run(const QString& text, const QVariantList& args = {}) {
        DbQuery query(m_db);
        if (!query.prepare(text)) {
            return false;
        }
        for (const QVariant& arg : args) {
            query.bind(arg);
        }
        if (!query.exec()) {
            qWarning() << "query failed" << query.lastError();
            return false;
        }
        return true;
    }

    DbLink m_db;
    LabSettings m_settings;
    bool m_editing = false;
};

bool SampleStore::registerSample(const Sample& sample) {
    if (!m_db.transaction()) {
        return false;
    }
    if (!run("INSERT INTO sample(id, barcode) VALUES(?, ?)", {sample.id, sample.barcode}) ||
        !run("INSERT INTO worklist(sample, added) VALUES(?, ?)", {sample.id, QDateTime::currentDateTime()}) || !m_db.commit()) {
        m_db.rollback();
        return false;
    }
    return true;
}

bool SampleStore::storeValues(const Sample& sample) {
    DbLink db = m_db;
    if (!db.transaction()) {
        qWarning() << db.lastError();
        return false;
    }
    DbQuery insert(db);
    bool ok = insert.prepare("INSERT INTO result(sample, pos, value) VALUES(?, ?, ?)");
    for (int i = 0; ok && i < sample.values.size(); ++i) {
        insert.bind(sample.id);
        insert.bind(i);
        insert.bind(sample.values.at(i));
        ok = insert.exec();
    }
    ok = ok && DbQuery().exec(QString("UPDATE sample SET measured = 1 WHERE id = %1").arg(sample.id));  // waits: session-transaction-bypass
    if (ok && db.commit()) {
        return true;
    }
    db.rollback();
    return false;
}

bool SampleStore::discard(int id, const QString& reason) {
    DbScope scope(m_db);
    if (!scope.isActive()) {
        return false;
    }
    if (reason.trimmed().isEmpty()) {
        qWarning() << "no reason given for" << id;
        return false;
    }
    if (!run("INSERT INTO discarded SELECT * FROM sample WHERE id = ?", {id})) {
        return false;
    }
    if (!run("DELETE FROM sample WHERE id = ?", {id})) {
        return false;
    }
    return scope.commit();
}

bool SampleStore::validate(int id, const QString& who) {
    if (!DbScope(m_db).isActive()) {  // expect: session-temporary-guard
        return false;
    }
    const bool stamped = run("UPDATE result SET validated_by = ? WHERE sample = ?", {who, id});
    return stamped && run("UPDATE sample SET state = 'valid' WHERE id = ?", {id});
}

int SampleStore::importBatch(const QVector<Sample>& batch) {
    int stored = 0;
    for (const Sample& sample : batch) {
        if (sample.barcode.isEmpty()) {
            continue;
        }
        if (!m_db.transaction()) {
            break;
        }
        bool ok = run("INSERT INTO sample(id, barcode) VALUES(?, ?)", {sample.id, sample.barcode});
        for (double v : sample.values) {
            ok = ok && run("INSERT INTO result(sample, value) VALUES(?, ?)", {sample.id, v});
        }
        if (!ok || !m_db.commit()) {
            m_db.rollback();
            continue;
        }
        ++stored;
    }
    return stored;
}

bool SampleStore::mergePatients(int keep, int drop) {
    if (!m_db.transaction()) {  // expect: session-unfinished-transaction
        return false;
    }
    if (!run("UPDATE sample SET patient = ? WHERE patient = ?", {keep, drop})) {
        m_db.rollback();
        return false;
    }
    DbQuery count(m_db);
    count.prepare("SELECT count(*) FROM sample WHERE patient = ?");
    count.bind(drop);
    if (!count.exec() || !count.next()) {
        m_db.rollback();
        return false;
    }
    if (count.value(0).toInt() > 0) {
        qWarning() << "patient" << drop << "still has samples";
        return false;
    }
    if (run("DELETE FROM patient WHERE id = ?", {drop}) && m_db.commit()) {
        return true;
    }
    m_db.rollback();
    return false;
}

bool SampleStore::relabel(const QHash<QString, QString>& renames) {
    if (renames.isEmpty()) {
        return true;
    }
    if (!m_db.transaction()) {
        return false;
    }
    bool ok = true;
    for (auto it = renames.cbegin(); it != renames.cend(); ++it) {
        if (it.key() == it.value()) {
            continue;
        }
        ok = run("UPDATE sample SET barcode = ? WHERE barcode = ?", {it.value(), it.key()});
        if (!ok) {
            break;
        }
    }
    if (!ok) {
        m_db.rollback();
        return false;
    }
    if (!m_db.commit()) {
        qWarning() << "relabel:" << m_db.lastError();
        m_db.rollback();
        return false;
    }
    return true;
}

QString SampleStore::patientOf(int sample) {
    DbQuery query(m_db);
    query.prepare("SELECT name FROM patient JOIN sample ON sample.patient = patient.id WHERE sample.id = ?");
    query.bind(sample);
    if (query.exec() && query.next()) {
        return query.value(0).toString();
    }
    return {};
}

bool SampleStore::release(int id) {
    if (!m_db.transaction()) {
        return false;
    }
    if (!run("UPDATE sample SET state = 'released' WHERE id = ?", {id})) {
        m_db.rollback();
        return false;
    }
    if (!m_db.commit()) {
        m_db.rollback();
        return false;
    }
    if (!run("INSERT INTO outbox(sample) VALUES(?)", {id})) {
        qWarning() << "sample" << id << "is released, but not sent";
        m_db.rollback();  // expect: session-double-end
        return false;
    }
    return true;
}

bool SampleStore::archive(const QVector<int>& ids) {
    DbLink archive = DbLink::named("archive");
    if (!archive.isOpen() && !archive.open()) {
        return false;
    }
    DbScope target(archive);
    DbScope source(m_db);
    if (!target.isActive() || !source.isActive()) {
        return false;
    }
    for (int id : ids) {
        DbQuery read(m_db);
        read.prepare("SELECT barcode, material FROM sample WHERE id = ?");
        read.bind(id);
        if (!read.exec() || !read.next()) {
            return false;
        }
        DbQuery write(archive);
        write.prepare("INSERT INTO sample(id, barcode, material) VALUES(?, ?, ?)");
        write.bind(id);
        write.bind(read.value(0));
        write.bind(read.value(1));
        if (!write.exec() || !run("DELETE FROM sample WHERE id = ?", {id})) {
            return false;
        }
    }
    return target.commit() && source.commit();
}

bool SampleStore::setMaterial(int id, const QString& material) {
    DbScope scope(m_db);  // expect: session-unfinished-transaction
    if (!scope.isActive()) {
        return false;
    }
    DbQuery update(m_db);
    update.prepare("UPDATE sample SET material = ? WHERE id = ?");
    update.bind(material);
    update.bind(id);
    if (!update.exec()) {
        qWarning() << update.lastError();
        return false;
    }
    return run("INSERT INTO history(sample, what) VALUES(?, 'material')", {id});
}

bool SampleStore::recalcReference(const QString& analyte) {
    for (int attempt = 0; attempt <= m_settings.maxRetries; ++attempt) {
        DbScope scope(m_db);
        if (!scope.isActive()) {
            continue;
        }
        if (run("DELETE FROM reference WHERE analyte = ?", {analyte}) &&
            run("INSERT INTO reference SELECT analyte, min(value), max(value) FROM result WHERE analyte = ?", {analyte}) && scope.commit()) {
            return true;
        }
        qInfo() << "attempt" << attempt << "failed";
    }
    return false;
}

bool SampleStore::calibrate(const QVector<double>& points) {
    if (points.size() < 2) {
        return false;
    }
    DbScope run1(m_db);
    bool ok = run1.isActive() && run("UPDATE calibration SET valid = 0 WHERE instrument = ?", {m_settings.instrument});
    if (!ok || !run1.commit()) {
        return false;
    }
    DbScope run2(m_db);
    if (!run2.isActive()) {
        return false;
    }
    for (double p : points) {
        if (!run("INSERT INTO calibration(instrument, point, valid) VALUES(?, ?, 1)", {m_settings.instrument, p})) {
            return false;
        }
    }
    return run2.commit();  // expect: session-multiple-commits
}

void SampleStore::onInstrumentMessage(const QString& line) {
    const QStringList parts = line.split('|');
    if (parts.size() < 3) {
        qWarning() << "short message" << line;
        return;
    }
    if (parts.at(0) == "R") {
        DbScope scope(m_db);
        if (scope.isActive() && run("INSERT INTO result(sample, value) VALUES(?, ?)", {parts.at(1), parts.at(2)}) &&
            run("UPDATE sample SET measured = 1 WHERE barcode = ?", {parts.at(1)})) {
            scope.commit();
        }
    } else if (parts.at(0) == "Q") {
        DbScope scope(m_db);
        if (scope.isActive() && run("INSERT INTO qc(level, value) VALUES(?, ?)", {parts.at(1), parts.at(2)}) &&
            run("UPDATE instrument SET qc_at = now() WHERE name = ?", {m_settings.instrument})) {
            scope.commit();
        }
    }
}

bool SampleStore::resetWorklist() {
    if (!m_db.transaction()) {
        return false;
    }
    struct Undo {
        DbLink& db;
        bool armed = true;
        ~Undo() {
            if (armed) {
                db.rollback();
            }
        }
    } undo{m_db};
    if (!run("DELETE FROM worklist")) {
        return false;
    }
    if (!run("INSERT INTO worklist(sample) SELECT id FROM sample WHERE measured = 0")) {
        return false;
    }
    undo.armed = !m_db.commit();
    return !undo.armed;
}

bool SampleStore::beginEdit() {
    if (m_editing) {
        return false;
    }
    m_editing = m_db.transaction();
    return m_editing;
}

bool SampleStore::applyEdit(int id, const QString& field, const QVariant& value) {
    if (!m_editing) {
        return false;
    }
    static const QStringList allowed{"barcode", "material", "comment"};
    if (!allowed.contains(field)) {
        return false;
    }
    return run(QString("UPDATE sample SET %1 = ? WHERE id = ?").arg(field), {value, id});
}

bool SampleStore::endEdit(bool keep) {
    if (!m_editing) {
        return false;
    }
    m_editing = false;
    if (keep && m_db.commit()) {
        return true;
    }
    m_db.rollback();
    return !keep;
}

bool SampleStore::splitAliquots(int id, int count) {
    if (!m_db.transaction()) {
        return false;
    }
    bool ok = run("UPDATE sample SET aliquots = ? WHERE id = ?", {count, id});
    if (ok && count > 10) {
        DbScope racks(m_db);  // expect: session-nested-begin
        ok = racks.isActive() && run("INSERT INTO rack(sample) VALUES(?)", {id}) && racks.commit();
    }
    for (int i = 0; ok && i < count; ++i) {
        ok = run("INSERT INTO aliquot(sample, n) VALUES(?, ?)", {id, i});
    }
    if (ok && m_db.commit()) {
        return true;
    }
    m_db.rollback();
    return false;
}

QStringList openBarcodes(const LabSettings& settings) {
    QStringList barcodes;
    const QString name = "report-" + settings.instrument;
    {
        DbLink db = DbLink::addLink("lab", name);
        db.setHost(settings.host);
        if (db.open()) {
            DbQuery query(db);
            query.exec("SELECT barcode FROM sample WHERE measured = 0");
            while (query.next()) {
                barcodes << query.value(0).toString();
            }
        } else {
            qWarning() << "report link:" << db.lastError();
        }
    }
    DbLink::removeLink(name);
    return barcodes;
}

int countOpen(const LabSettings& settings) {
    DbLink db = DbLink::named(settings.instrument);
    if (!db.isOpen() && !db.open()) {
        return -1;
    }
    DbQuery query(db);
    if (!query.exec("SELECT count(*) FROM sample WHERE measured = 0")) {
        return -1;
    }
    db.close();
    return query.next() ? query.value(0).toInt() : 0;  // expect: session-use-after-scope
}

void exportInBackground(DbLink& db, const LabSettings& settings) {
    std::thread worker([&db, host = settings.host] {  // expect: session-shared-across-threads
        DbQuery query(db);
        query.exec("SELECT * FROM result WHERE exported = 0");
        while (query.next()) {
            qInfo() << host << query.record().value("value");
        }
    });
    worker.detach();
    DbQuery mark(db);
    if (!mark.exec("UPDATE instrument SET export_at = now()")) {
        qWarning() << mark.lastError();
    }
}

void refreshStatistics(const LabSettings& settings) {
    const QString name = "stat-" + settings.instrument;
    std::thread worker([settings, name] {
        {
            DbLink db = DbLink::addLink("lab", name);
            db.setHost(settings.host);
            if (!db.open() || !DbQuery(db).exec("CALL refresh_statistics()")) {
                qWarning() << "statistics not refreshed";
            }
        }
        DbLink::removeLink(name);
    });
    worker.detach();
}
