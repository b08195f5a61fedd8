namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>The table of functions that <see cref="CelLibrary"/> reads.</summary>
internal static class CelSignatures
{
    // A line without indentation names a function; the lines below are its overloads: perhaps a target's type and a dot, the
    // overload's name, the types of its arguments, that of its result. A single capital letter is a type parameter.
    public const string Text = """
        _?_:_
         conditional(bool, A, A): A
        _&&_
         logical_and(bool, bool): bool
        _||_
         logical_or(bool, bool): bool
        !_
         logical_not(bool): bool
        @not_strictly_false
         not_strictly_false(bool): bool
        _==_
         equals(A, A): bool
        _!=_
         not_equals(A, A): bool
        _+_
         add_bytes(bytes, bytes): bytes
         add_double(double, double): double
         add_duration_duration(duration, duration): duration
         add_duration_timestamp(duration, timestamp): timestamp
         add_timestamp_duration(timestamp, duration): timestamp
         add_int64(int, int): int
         add_list(list(A), list(A)): list(A)
         add_string(string, string): string
         add_uint64(uint, uint): uint
        _/_
         divide_double(double, double): double
         divide_int64(int, int): int
         divide_uint64(uint, uint): uint
        _%_
         modulo_int64(int, int): int
         modulo_uint64(uint, uint): uint
        _*_
         multiply_double(double, double): double
         multiply_int64(int, int): int
         multiply_uint64(uint, uint): uint
        -_
         negate_double(double): double
         negate_int64(int): int
        _-_
         subtract_double(double, double): double
         subtract_duration_duration(duration, duration): duration
         subtract_int64(int, int): int
         subtract_timestamp_duration(timestamp, duration): timestamp
         subtract_timestamp_timestamp(timestamp, timestamp): duration
         subtract_uint64(uint, uint): uint
        _<_
         less_bool(bool, bool): bool
         less_int64(int, int): bool
         less_int64_double(int, double): bool
         less_int64_uint64(int, uint): bool
         less_uint64(uint, uint): bool
         less_uint64_double(uint, double): bool
         less_uint64_int64(uint, int): bool
         less_double(double, double): bool
         less_double_int64(double, int): bool
         less_double_uint64(double, uint): bool
         less_string(string, string): bool
         less_bytes(bytes, bytes): bool
         less_timestamp(timestamp, timestamp): bool
         less_duration(duration, duration): bool
        _<=_
         less_equals_bool(bool, bool): bool
         less_equals_int64(int, int): bool
         less_equals_int64_double(int, double): bool
         less_equals_int64_uint64(int, uint): bool
         less_equals_uint64(uint, uint): bool
         less_equals_uint64_double(uint, double): bool
         less_equals_uint64_int64(uint, int): bool
         less_equals_double(double, double): bool
         less_equals_double_int64(double, int): bool
         less_equals_double_uint64(double, uint): bool
         less_equals_string(string, string): bool
         less_equals_bytes(bytes, bytes): bool
         less_equals_timestamp(timestamp, timestamp): bool
         less_equals_duration(duration, duration): bool
        _>_
         greater_bool(bool, bool): bool
         greater_int64(int, int): bool
         greater_int64_double(int, double): bool
         greater_int64_uint64(int, uint): bool
         greater_uint64(uint, uint): bool
         greater_uint64_double(uint, double): bool
         greater_uint64_int64(uint, int): bool
         greater_double(double, double): bool
         greater_double_int64(double, int): bool
         greater_double_uint64(double, uint): bool
         greater_string(string, string): bool
         greater_bytes(bytes, bytes): bool
         greater_timestamp(timestamp, timestamp): bool
         greater_duration(duration, duration): bool
        _>=_
         greater_equals_bool(bool, bool): bool
         greater_equals_int64(int, int): bool
         greater_equals_int64_double(int, double): bool
         greater_equals_int64_uint64(int, uint): bool
         greater_equals_uint64(uint, uint): bool
         greater_equals_uint64_double(uint, double): bool
         greater_equals_uint64_int64(uint, int): bool
         greater_equals_double(double, double): bool
         greater_equals_double_int64(double, int): bool
         greater_equals_double_uint64(double, uint): bool
         greater_equals_string(string, string): bool
         greater_equals_bytes(bytes, bytes): bool
         greater_equals_timestamp(timestamp, timestamp): bool
         greater_equals_duration(duration, duration): bool
        _[_]
         index_list(list(A), int): A
         index_map(map(A, B), A): B
         optional_list_index_int(optional(list(V)), int): optional(V)
         optional_map_index_value(optional(map(K, V)), K): optional(V)
        @in
         in_list(A, list(A)): bool
         in_map(A, map(A, B)): bool
        size
         size_bytes(bytes): int
         bytes.bytes_size(): int
         size_list(list(A)): int
         list(A).list_size(): int
         size_map(map(A, B)): int
         map(A, B).map_size(): int
         size_string(string): int
         string.string_size(): int
        type
         type(A): type(A)
        bool
         bool_to_bool(bool): bool
         string_to_bool(string): bool
        bytes
         bytes_to_bytes(bytes): bytes
         string_to_bytes(string): bytes
        double
         double_to_double(double): double
         int64_to_double(int): double
         string_to_double(string): double
         uint64_to_double(uint): double
        duration
         duration_to_duration(duration): duration
         string_to_duration(string): duration
        dyn
         to_dyn(A): dyn
        int
         int64_to_int64(int): int
         double_to_int64(double): int
         duration_to_int64(duration): int
         string_to_int64(string): int
         timestamp_to_int64(timestamp): int
         uint64_to_int64(uint): int
        string
         string_to_string(string): string
         bool_to_string(bool): string
         bytes_to_string(bytes): string
         double_to_string(double): string
         duration_to_string(duration): string
         int64_to_string(int): string
         timestamp_to_string(timestamp): string
         uint64_to_string(uint): string
         ip_to_string(ip): string
         cidr_to_string(cidr): string
        timestamp
         timestamp_to_timestamp(timestamp): timestamp
         int64_to_timestamp(int): timestamp
         string_to_timestamp(string): timestamp
        uint
         uint64_to_uint64(uint): uint
         double_to_uint64(double): uint
         int64_to_uint64(int): uint
         string_to_uint64(string): uint
        contains
         string.contains_string(string): bool
        endsWith
         string.ends_with_string(string): bool
        startsWith
         string.starts_with_string(string): bool
        matches
         matches(string, string): bool
         string.matches_string(string): bool
        getFullYear
         timestamp.timestamp_to_year(): int
         timestamp.timestamp_to_year_with_tz(string): int
        getMonth
         timestamp.timestamp_to_month(): int
         timestamp.timestamp_to_month_with_tz(string): int
        getDayOfYear
         timestamp.timestamp_to_day_of_year(): int
         timestamp.timestamp_to_day_of_year_with_tz(string): int
        getDayOfMonth
         timestamp.timestamp_to_day_of_month(): int
         timestamp.timestamp_to_day_of_month_with_tz(string): int
        getDate
         timestamp.timestamp_to_day_of_month_1_based(): int
         timestamp.timestamp_to_day_of_month_1_based_with_tz(string): int
        getDayOfWeek
         timestamp.timestamp_to_day_of_week(): int
         timestamp.timestamp_to_day_of_week_with_tz(string): int
        getHours
         timestamp.timestamp_to_hours(): int
         timestamp.timestamp_to_hours_with_tz(string): int
         duration.duration_to_hours(): int
        getMinutes
         timestamp.timestamp_to_minutes(): int
         timestamp.timestamp_to_minutes_with_tz(string): int
         duration.duration_to_minutes(): int
        getSeconds
         timestamp.timestamp_to_seconds(): int
         timestamp.timestamp_to_seconds_with_tz(string): int
         duration.duration_to_seconds(): int
        getMilliseconds
         timestamp.timestamp_to_milliseconds(): int
         timestamp.timestamp_to_milliseconds_with_tz(string): int
         duration.duration_to_milliseconds(): int
        charAt
         string.string_char_at_int(int): string
        indexOf
         string.string_index_of_string(string): int
         string.string_index_of_string_int(string, int): int
         list(T).list_a_index_of_int(T): int
        lastIndexOf
         string.string_last_index_of_string(string): int
         string.string_last_index_of_string_int(string, int): int
         list(T).list_a_last_index_of_int(T): int
        lowerAscii
         string.string_lower_ascii(): string
        upperAscii
         string.string_upper_ascii(): string
        replace
         string.string_replace_string_string(string, string): string
         string.string_replace_string_string_int(string, string, int): string
        split
         string.string_split_string(string): list(string)
         string.string_split_string_int(string, int): list(string)
        substring
         string.string_substring_int(int): string
         string.string_substring_int_int(int, int): string
        trim
         string.string_trim(): string
        format
         string.string_format(list(dyn)): string
        strings.quote
         strings_quote(string): string
        join
         list(string).list_join(): string
         list(string).list_join_string(string): string
        isSorted
         list(int).list_int_is_sorted_bool(): bool
         list(uint).list_uint_is_sorted_bool(): bool
         list(double).list_double_is_sorted_bool(): bool
         list(bool).list_bool_is_sorted_bool(): bool
         list(duration).list_duration_is_sorted_bool(): bool
         list(timestamp).list_timestamp_is_sorted_bool(): bool
         list(string).list_string_is_sorted_bool(): bool
         list(bytes).list_bytes_is_sorted_bool(): bool
        sum
         list(int).list_int_sum_int(): int
         list(uint).list_uint_sum_uint(): uint
         list(double).list_double_sum_double(): double
         list(duration).list_duration_sum_duration(): duration
        max
         list(int).list_int_max_int(): int
         list(uint).list_uint_max_uint(): uint
         list(double).list_double_max_double(): double
         list(bool).list_bool_max_bool(): bool
         list(duration).list_duration_max_duration(): duration
         list(timestamp).list_timestamp_max_timestamp(): timestamp
         list(string).list_string_max_string(): string
         list(bytes).list_bytes_max_bytes(): bytes
        min
         list(int).list_int_min_int(): int
         list(uint).list_uint_min_uint(): uint
         list(double).list_double_min_double(): double
         list(bool).list_bool_min_bool(): bool
         list(duration).list_duration_min_duration(): duration
         list(timestamp).list_timestamp_min_timestamp(): timestamp
         list(string).list_string_min_string(): string
         list(bytes).list_bytes_min_bytes(): bytes
        slice
         list(T).list_slice(int, int): list(T)
        flatten
         list(list(T)).list_flatten(): list(T)
         list(dyn).list_flatten_int(int): list(dyn)
        sort
         list(int).list_int_sort(): list(int)
         list(uint).list_uint_sort(): list(uint)
         list(double).list_double_sort(): list(double)
         list(bool).list_bool_sort(): list(bool)
         list(duration).list_duration_sort(): list(duration)
         list(timestamp).list_timestamp_sort(): list(timestamp)
         list(string).list_string_sort(): list(string)
         list(bytes).list_bytes_sort(): list(bytes)
        @sortByAssociatedKeys
         list(T).list_int_sortByAssociatedKeys(list(int)): list(T)
         list(T).list_uint_sortByAssociatedKeys(list(uint)): list(T)
         list(T).list_double_sortByAssociatedKeys(list(double)): list(T)
         list(T).list_bool_sortByAssociatedKeys(list(bool)): list(T)
         list(T).list_duration_sortByAssociatedKeys(list(duration)): list(T)
         list(T).list_timestamp_sortByAssociatedKeys(list(timestamp)): list(T)
         list(T).list_string_sortByAssociatedKeys(list(string)): list(T)
         list(T).list_bytes_sortByAssociatedKeys(list(bytes)): list(T)
        lists.range
         lists_range(int): list(int)
        reverse
         list(T).list_reverse(): list(T)
        distinct
         list(T).list_distinct(): list(T)
        first
         list(V).list_first(): optional(V)
        last
         list(V).list_last(): optional(V)
        sets.contains
         list_sets_contains_list(list(T), list(T)): bool
        sets.equivalent
         list_sets_equivalent_list(list(T), list(T)): bool
        sets.intersects
         list_sets_intersects_list(list(T), list(T)): bool
        cel.@mapInsert
         @mapInsert_map_key_value(map(K, V), K, V): map(K, V)
         @mapInsert_map_map(map(K, V), map(K, V)): map(K, V)
        optional.of
         optional_of(V): optional(V)
        optional.ofNonZeroValue
         optional_ofNonZeroValue(V): optional(V)
        optional.none
         optional_none(): optional(V)
        optional.unwrap
         optional_unwrap(list(optional(V))): list(V)
        unwrapOpt
         list(optional(V)).optional_unwrapOpt(): list(V)
        value
         optional(V).optional_value(): V
        hasValue
         optional(V).optional_hasValue(): bool
        or
         optional(V).optional_or_optional(optional(V)): optional(V)
        orValue
         optional(V).optional_orValue_value(V): V
        _?._
         select_optional_field(dyn, string): optional(V)
        _[?_]
         list_optindex_optional_int(list(V), int): optional(V)
         optional_list_optindex_optional_int(optional(list(V)), int): optional(V)
         map_optindex_optional_value(map(K, V), K): optional(V)
         optional_map_optindex_optional_value(optional(map(K, V)), K): optional(V)
        find
         string.string_find_string(string): string
        findAll
         string.string_find_all_string(string): list(string)
         string.string_find_all_string_int(string, int): list(string)
        url
         string_to_url(string): url
        isURL
         is_url_string(string): bool
        getScheme
         url.url_get_scheme(): string
        getHost
         url.url_get_host(): string
        getHostname
         url.url_get_hostname(): string
        getPort
         url.url_get_port(): string
        getEscapedPath
         url.url_get_escaped_path(): string
        getQuery
         url.url_get_query(): map(string, list(string))
        ip
         string_to_ip(string): ip
         cidr.cidr_ip(): ip
        isIP
         is_ip(string): bool
        ip.isCanonical
         ip_is_canonical(string): bool
        family
         ip.ip_family(): int
        isUnspecified
         ip.ip_is_unspecified(): bool
        isLoopback
         ip.ip_is_loopback(): bool
        isLinkLocalMulticast
         ip.ip_is_link_local_multicast(): bool
        isLinkLocalUnicast
         ip.ip_is_link_local_unicast(): bool
        isGlobalUnicast
         ip.ip_is_global_unicast(): bool
        cidr
         string_to_cidr(string): cidr
        isCIDR
         is_cidr(string): bool
        containsIP
         cidr.cidr_contains_ip_string(string): bool
         cidr.cidr_contains_ip_ip(ip): bool
        containsCIDR
         cidr.cidr_contains_cidr_string(string): bool
         cidr.cidr_contains_cidr(cidr): bool
        prefixLength
         cidr.cidr_prefix_length(): int
        masked
         cidr.cidr_masked(): cidr
        quantity
         string_to_quantity(string): quantity
        isQuantity
         is_quantity_string(string): bool
        sign
         quantity_sign(quantity): int
         quantity.quantity_sign(): int
        isGreaterThan
         quantity.quantity_is_greater_than(quantity): bool
         semver.semver_is_greater_than(semver): bool
        isLessThan
         quantity.quantity_is_less_than(quantity): bool
         semver.semver_is_less_than(semver): bool
        compareTo
         quantity.quantity_compare_to(quantity): int
         semver.semver_compare_to(semver): int
        asApproximateFloat
         quantity.quantity_get_float(): double
        asInteger
         quantity.quantity_get_int(): int
        isInteger
         quantity.quantity_is_integer(): bool
        add
         quantity.quantity_add(quantity): quantity
         quantity.quantity_add_int(int): quantity
        sub
         quantity.quantity_sub(quantity): quantity
         quantity.quantity_sub_int(int): quantity
        semver
         string_to_semver(string): semver
         string_bool_to_semver(string, bool): semver
        isSemver
         is_semver_string(string): bool
         is_semver_string_bool(string, bool): bool
        major
         semver.semver_major(): int
        minor
         semver.semver_minor(): int
        patch
         semver.semver_patch(): int
        format.dns1123Label
         format-dns1123Label(): format
        format.dns1123Subdomain
         format-dns1123Subdomain(): format
        format.dns1035Label
         format-dns1035Label(): format
        format.qualifiedName
         format-qualifiedName(): format
        format.dns1123LabelPrefix
         format-dns1123LabelPrefix(): format
        format.dns1123SubdomainPrefix
         format-dns1123SubdomainPrefix(): format
        format.dns1035LabelPrefix
         format-dns1035LabelPrefix(): format
        format.labelValue
         format-labelValue(): format
        format.uri
         format-uri(): format
        format.uuid
         format-uuid(): format
        format.byte
         format-byte(): format
        format.date
         format-date(): format
        format.datetime
         format-datetime(): format
        format.named
         format-named(string): optional(format)
        validate
         format.format-validate(string): optional(list(string))
        """;
}
