"""The product beside stock python-socketio, Node's socket.io and the limit of the machine, by one ruler in one run."""
