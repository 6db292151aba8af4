// Connections of Qt SQL held by a bare pointer and deleted, rightly, by hand.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

void showError(const QString& text);
