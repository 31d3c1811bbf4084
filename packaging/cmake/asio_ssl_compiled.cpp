// SPDX-License-Identifier: Apache-2.0
// Asio's TLS code, apart from the rest: only programs that use it link it.
#include <boost/asio/ssl/impl/src.hpp>
