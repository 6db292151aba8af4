// The names of userver, after its documentation: just enough to compile one use of each.
#pragma once
#include <string>

namespace userver::storages::postgres { class Cluster; }
namespace storages::postgres { class Cluster; }
namespace userver::storages::postgres { class Transaction; }
namespace storages::postgres { class Transaction; }
namespace userver::storages::postgres { class Portal; }
namespace storages::postgres { class Portal; }
namespace userver::storages::postgres { class ResultSet; }
namespace storages::postgres { class ResultSet; }
namespace userver::storages::postgres {
class Cluster {
public:
  Cluster();
  Cluster(const Cluster&);
  ~Cluster();
  userver::storages::postgres::Transaction Begin();
  void Start();
  void Execute();
  void GetStatistics();
  void SetDefaultCommandControl();
  void GetDefaultCommandControl();
};
}
namespace storages::postgres {
class Cluster {
public:
  Cluster();
  Cluster(const Cluster&);
  ~Cluster();
  userver::storages::postgres::Transaction Begin();
  void Start();
  void Execute();
  void GetStatistics();
  void SetDefaultCommandControl();
  void GetDefaultCommandControl();
};
}
namespace userver::storages::postgres {
class Transaction {
public:
  Transaction(const Transaction&);
  ~Transaction();
  Transaction();
  void Commit();
  void Rollback();
  void Execute(const std::string& a0);
  void ExecuteDecompose();
  void ExecuteDecomposeBulk();
  void ExecuteBulk();
  userver::storages::postgres::Portal MakePortal();
  void SetParameter();
  void GetConnUserTypes();
};
}
namespace storages::postgres {
class Transaction {
public:
  Transaction(const Transaction&);
  ~Transaction();
  Transaction();
  void Commit();
  void Rollback();
  void Execute(const std::string& a0);
  void ExecuteDecompose();
  void ExecuteDecomposeBulk();
  void ExecuteBulk();
  userver::storages::postgres::Portal MakePortal();
  void SetParameter();
  void GetConnUserTypes();
};
}
namespace userver::storages::postgres {
class Portal {
public:
  Portal();
  Portal(const Portal&);
  ~Portal();
  void Fetch();
  void Done();
  void FetchedSoFar();
};
}
namespace storages::postgres {
class Portal {
public:
  Portal();
  Portal(const Portal&);
  ~Portal();
  void Fetch();
  void Done();
  void FetchedSoFar();
};
}
namespace userver::storages::postgres {
class ResultSet {
public:
  ResultSet(const ResultSet&);
  ~ResultSet();
  ResultSet();
};
}
namespace storages::postgres {
class ResultSet {
public:
  ResultSet(const ResultSet&);
  ~ResultSet();
  ResultSet();
};
}
